/* The plan on paper: what is printed, and how much of it fits on two pages.
 *
 * The sheet is laid out out of sight as it will be printed, and measured there.
 * It stands on the highest rung of the ladder on which it has two pages. */

import { element, show } from "../lib/dom.js"
import { CREDIT, KEY, titleOf, under } from "./head.js"
import { CUTS, cut } from "./ladder.js"
import { aboutDay, aboutLate, noSteps, runsOf, timesOf } from "./schedule.js"

/** How many pages a plan may have. */
export const PAGES = 2

/** The sheet, to be put into the page. The screen never shows it; see plan.css. */
export function paper() {
  const node = element("div.hb-paper-hold")
  let print = { rung: 0, pages: 0 }
  let word = { rung: 0, pages: 0 }
  return {
    node,
    /** Lay the plan out for the printer, and for a word processor to see how much fits there. */
    draw(plan, material, headings) {
      show(node)
      if (!plan.parts.length) return { print, word }
      const make = (forWord) => (rung) => printed(cut(plan, rung), material, headings, forWord)
      word = fitted(node, "div.hb-paper.hb-paper-word", make(true), word.rung)
      word.sheet.remove()
      print = fitted(node, "div.hb-paper", make(false), print.rung)
      return { print, word }
    },
    /** The plan as far as it fits on two pages of a word processor, as it was last drawn. */
    word: (plan) => cut(plan, word.rung),
  }
}

/* The highest rung on which what `make` gives has two pages, looked for from rung `start`; the lowest if there is none. */
function fitted(node, name, make, start) {
  const sheet = element(name)
  node.append(sheet)
  const pagesOn = (rung) => {
    show(sheet, make(rung))
    return pagesOf(sheet)
  }
  let rung = start
  let pages = pagesOn(rung)
  while (pages > PAGES && rung < CUTS.length) pages = pagesOn((rung += 1))
  while (rung > 0 && pages <= PAGES) {
    const before = pagesOn(rung - 1)
    if (before > PAGES) {
      pages = pagesOn(rung)
      break
    }
    [rung, pages] = [rung - 1, before]
  }
  return { rung, pages, sheet }
}

/* A sheet is a row of columns, each as wide and as high as a page. */
function pagesOf(sheet) {
  const { columnWidth, columnGap } = getComputedStyle(sheet)
  const gap = parseFloat(columnGap)
  return Math.round((sheet.scrollWidth + gap) / (parseFloat(columnWidth) + gap))
}

/** What stands at the end of the sources if there are more. */
export const MORE_SOURCES = "More sources of these lines are named on the pages of what is proposed."

/* -- what stands on it -- */

function printed(plan, material, headings, word = false) {
  const parts = [...headings].map(([id, heading]) => element(`section.hb-paper-part.hb-paper-${id}`, {}, element("h2", {}, heading), ...content(id, plan, word)))
  return element(`div.hb-paper-flow${plan.small ? ".hb-paper-small" : ""}`, {}, element("header", {},
    element("p.hb-paper-name", {}, titleOf(plan)), element("p.hb-paper-under", {}, under(plan, material).join(" · ")), element("p.hb-paper-key", {}, KEY)), ...parts)
}

function content(id, plan, word) {
  if (id === "when") return times(plan, word)
  if (id === "sources") return [sources(plan, word)]
  const { own, table } = plan.parts.find((part) => part.id === id)
  return [...(table ? tableOf(table) : []), ...listsOf(own)]
}

/* Lines as lists, each under its title. */
function listsOf(lines) {
  const made = []
  let list = null
  for (const line of lines) {
    if (line.group) {
      made.push(element("p.hb-paper-group", {}, linked(line, element("strong", {}, line.lead)), line.text.slice(line.lead.length)))
      list = null
    } else {
      if (!list) made.push((list = element("ul")))
      list.append(element("li", {}, ...lineOf(line)))
    }
  }
  return made
}

function lineOf(line) {
  const lead = line.lead ? [element("strong", {}, line.lead), " "] : []
  const rest = line.lead ? line.text.slice(line.lead.length).trim() : line.text
  const said = markOf(line)
  return [...lead, linked(line, rest), ...(said ? [" ", element("sup", {}, said)] : [])]
}

function linked({ href }, ...text) {
  return href ? element("a", { href }, ...text) : element("span", {}, ...text)
}

/** What a line rests on, as a raised mark; the empty text if it is put together from records. */
export function markOf({ basis, numbers = [] }) {
  const word = { reported: "", inferred: "inferred ", suggested: "suggested", own: "ours" }[basis]
  return word === undefined ? "" : `${word}${basis === "reported" || basis === "inferred" ? numbers.join(", ") : ""}`.trim()
}

function tableOf({ heads, rows, widths, notes = [] }) {
  if (!rows.length) return notes.map((note) => element("p", {}, note))
  return [tableWith(heads, rows.map(({ cells }) => cells.map(({ text, missing }) => (missing ? element("strong", {}, text) : text))), widths), ...notes.map((note) => element("p", {}, note))]
}

function tableWith(heads, rows, widths) {
  return element("table.hb-paper-table", {},
    element("colgroup", {}, ...widths.map((width) => element("col", { width: `${width}%` }))),
    element("thead", {}, element("tr", {}, ...heads.map((name) => element("th", { scope: "col" }, name)))),
    element("tbody", {}, ...rows.map(([first, ...others]) => element("tr", {}, element("th", { scope: "row" }, first), ...others.map((text) => element("td", {}, text))))))
}

function times(plan, word) {
  const said = [aboutDay(plan), aboutLate(plan)].filter(Boolean).map((text) => element("p", {}, text))
  if (!plan.steps.length) return [...said, element("p", {}, noSteps(plan))]
  if (word && !plan.asText) return [...said, tableWith(...timesOf(plan))]
  return [...said, ...runsOf(plan).map(({ title, text }) => element("p", {}, element("strong", {}, `${title}.`), ` ${text}`))]
}

function sources(plan, word) {
  const named = word && !plan.small
  const places = (all) => (named ? all.map(({ number, place }) => `${number} ${place ? `“${place}”` : "what the handbook takes from it"}`).join("; ") : all.map(({ number }) => number).join(", "))
  const rows = plan.sources.map(({ title, link, places: all }) => element("li", {}, ...(named ? [] : [element("strong", {}, `${places(all)} `)]), `${title}, `, element("a", { href: link }, link), named ? `: ${places(all)}` : null))
  return element("ul.hb-paper-sources", {}, ...rows, plan.fewSources ? element("li", {}, MORE_SOURCES) : null, element("li", {}, `${CREDIT.text} `, element("a", { href: CREDIT.href }, CREDIT.href)))
}
