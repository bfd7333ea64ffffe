/* Records side by side: one table for each part of the comparison, one column for each record. */

import { element } from "../lib/dom.js"
import { piece, unknown } from "../lib/pieces.js"
import { write } from "../lib/state.js"

const KINDS = { lesson: "Lesson", tool: "Tool", recommendation: "Recommendation" }

/**
 * @param {any[]} chosen the records, each with its comparison
 * @param {any} vocabulary
 * @param {boolean} hides whether rows in which all agree are hidden
 * @param {string} [sector] the reader's sector, which leads where each stands
 */
export function tables(chosen, vocabulary, hides, sector) {
  if (!chosen.length) return []
  const parts = Object.keys(vocabulary["compared-part"]).map((part) => ({ part, rows: rows(part, chosen, vocabulary.compared) }))
  const same = parts.flatMap(({ rows: all }) => all).filter((row) => row.verdict === "same").length
  const shown = parts.map(({ part, rows: all }) => ({ part, rows: all.filter((row) => !hides || row.verdict !== "same") }))
  return [
    element("h2", { id: "side-by-side" }, "Side by side"),
    chosen.length > 1 ? hider(same, hides && same > 0) : element("p", {}, "Put a second one on your shortlist, and what differs is marked."),
    ...shown.filter((one) => one.rows.length).flatMap(({ part, rows: all }) => table(part, vocabulary["compared-part"][part].label, all, chosen, sector)),
  ]
}

/**
 * The rows of one part.
 * @returns {{aspect: string, label: string, cells: any[], verdict: "same"|"differs"|null, common: Set<string>}[]} a cell is null if records of the
 *   kind have no such thing; verdict is null where free text stands side by side, which a program cannot compare
 */
export function rows(part, chosen, aspects) {
  const all = chosen.map((record) => record.comparison[part])
  return Object.keys(aspects)
    .filter((aspect) => all.some((cells) => aspect in cells))
    .map((aspect) => {
      const cells = all.map((found) => found[aspect] ?? null)
      return { aspect, label: aspects[aspect].label, cells, ...judged(cells) }
    })
}

function judged(cells) {
  const own = cells.filter(Boolean)
  const keys = own.map((pieces) => pieces.map((said) => said.key))
  const common = new Set((keys[0] ?? []).filter((key) => key && keys.every((others) => others.includes(key))))
  const texts = cells.map((pieces) => JSON.stringify(pieces?.map((said) => said.key ?? JSON.stringify(said)).sort()))
  if (cells.length < 2) return { verdict: null, common }
  if (texts.every((text) => text === texts[0])) return { verdict: "same", common }
  const comparable = own.length > 1 && keys.flat().every(Boolean)
  return { verdict: comparable ? "differs" : null, common }
}

function hider(same, hides) {
  const box = element("input", { type: "checkbox", checked: Boolean(hides), "data-focus": "hide", onchange: () => write({ hide: box.checked ? ["same"] : [] }) })
  const many = same === 1 ? "1 row" : `${same} rows`
  return element(
    "div.hb-form.hb-compare-options", {},
    same ? element("label.hb-choice", {}, box, `Hide what all have in common (${many})`) : null,
    element("p.hb-hint", {}, "≠ marks what not all have. Rows without a mark hold free text: read it, no program can compare it."),
  )
}

function table(part, label, all, chosen, sector) {
  const id = `side-${part}`
  // No links: the list above has them, and on a phone heads are only heard.
  const head = (record) => element("th", { role: "columnheader", scope: "col" }, record.title, element("span.hb-hint", {}, KINDS[record.record]))
  return [
    element("h3", { id }, label),
    element(
      "table.hb-table.hb-compare", { role: "table", "aria-labelledby": id },
      element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, element("th", { role: "columnheader", scope: "col" }, "Compared"), chosen.map(head))),
      element("tbody", { role: "rowgroup" }, all.map((row) => line(row, chosen, sector))),
    ),
  ]
}

function line(row, chosen, sector) {
  const mark = { same: "= same", differs: "≠ differs" }[row.verdict]
  return element(
    "tr", { role: "row" },
    element("th", { role: "rowheader", scope: "row" }, row.label, mark ? [" ", element(`span.hb-verdict.hb-verdict-${row.verdict}`, {}, mark)] : null),
    row.cells.map((cell, at) => element("td", { role: "cell", "data-label": chosen[at].title }, content(cell, row, chosen[at], sector))),
  )
}

function content(cell, row, record, sector) {
  if (cell === null) return element("span.hb-hint", {}, `not part of a ${record.record}`)
  if (!cell.length) return unknown("none on record")
  // Where nothing is shared, the mark of the row says enough.
  const keys = row.cells.flatMap((other) => (other ?? []).map((said) => said.key))
  const marks = row.verdict === "differs" && new Set(keys).size < keys.length
  const list = (pieces) => element("ul.hb-pieces", {}, pieces.map((said) => item(said, marks && !row.common.has(said.key))))
  const own = row.aspect === "states" ? cell.filter(({ key }) => key.startsWith(`${sector}:`)) : []
  if (!own.length) return list(cell)
  const others = cell.filter((said) => !own.includes(said))
  return [list(own), element("details.hb-plain", {}, element("summary", {}, `${others.length} other sectors`), list(others))]
}

function item(said, alone) {
  if (!alone) return element("li", {}, piece(said))
  return element("li.hb-alone", {}, piece(said), element("span.hb-hidden", {}, " (not in all)"))
}
