/* A section of the plan: what the handbook says, and what the reader makes of it. */

import { address } from "../lib/data.js"
import { element, shower } from "../lib/dom.js"
import { asText, pack } from "./edits.js"
import { CREDIT } from "./head.js"

const WORDS = { reported: "Reported in source ", inferred: "inferred: ", suggested: "suggested", own: "ours" }

/** A section in `section`, an element of the page with a heading. */
export function part(section, act) {
  if (section.dataset.block === "sources") return sources(section)
  const heading = section.querySelector("h2").firstChild.textContent
  const body = element("div.hb-plan-body")
  const editor = editorOf(heading, section.dataset.block, act)
  const shown = shower(body, content)
  section.append(body, editor.node)
  return {
    draw(plan, material, elsewhere) {
      const made = plan.parts.find(({ id }) => id === section.dataset.block)
      editor.draw(made, elsewhere)
      shown(made?.own ?? [], made?.table ?? null)
    },
  }
}

function content(own, table) {
  return [table ? tableOf(table) : null, ...listsOf(own)]
}

/* Lines as lists, each under its title. */
function listsOf(lines) {
  const made = []
  let list = null
  for (const line of lines) {
    if (line.group) made.push(element("p.hb-plan-group", {}, linked(line, line.lead), element("span.hb-plan-of", {}, line.text.slice(line.lead.length))))
    if (line.group) list = null
    else {
      if (!list) made.push((list = element("ul")))
      list.append(element("li", line.basis === "own" ? { class: "hb-plan-own" } : {}, ...lineOf(line)))
    }
  }
  return made
}

function lineOf(line) {
  const lead = line.lead ? [element("strong", {}, line.lead), " "] : []
  const rest = line.lead ? line.text.slice(line.lead.length).trim() : line.text
  return [...(line.lead && line.href ? [linked(line, ...lead), rest] : [...lead, linked(line, rest)]), " ", ...marks(line)]
}

function linked({ href }, ...text) {
  return href ? element("a", { href }, ...text) : element("span", {}, ...text)
}

function marks({ basis, numbers = [] }) {
  if (!basis) return []
  if (basis === "suggested") return [mark(basis, address("about/evidence/#marks"), "suggested", element("span.hb-hidden", {}, " by the editors"))]
  if (basis === "own") return [element("span.hb-plan-ours", {}, WORDS.own)]
  if (!numbers.length) return [element("span.hb-plan-ours", {}, basis)]
  return numbers.flatMap((number, at) => [at ? " " : "", mark(basis, `#source-${number}`, basis === "reported" ? element("span.hb-hidden", {}, WORDS.reported) : WORDS.inferred, String(number))])
}

function mark(basis, href, ...words) {
  return element(`a.hb-mark.hb-basis-${basis}`, { href }, ...words)
}

function tableOf({ heads, rows }) {
  const rest = (cells) => cells.slice(1).map((cell, at) => element("td", { role: "cell", "data-label": heads[at + 1] }, cellOf(cell)))
  return element("table.hb-table", { role: "table" },
    element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, ...heads.map((name) => element("th", { role: "columnheader", scope: "col" }, name)))),
    element("tbody", { role: "rowgroup" }, ...rows.map(({ cells }) => element("tr", { role: "row" },
      element("th", { role: "rowheader", scope: "row" }, linked(cells[0], cells[0].text)), ...rest(cells)))))
}

function cellOf({ text, unknown, missing }) {
  if (unknown) return element("span.hb-unknown", {}, text)
  return missing ? element("strong", {}, text) : text
}

function editorOf(heading, id, act) {
  let lines = []
  const about = element("span.hb-hidden", {}, ` “${heading}”`)
  const edit = element("button.hb-button", { type: "button", "aria-expanded": "false", "aria-controls": `${id}-editor`, onclick: () => toggle(panel.hidden) }, "Edit", about)
  const area = element("textarea", { id: `${id}-text`, rows: 8, "aria-describedby": `${id}-how`, spellcheck: "true", oninput: () => act.note(id, pack(area.value, lines)) })
  const reset = element("button.hb-button", { type: "button", onclick: back }, "Put back the handbook’s words", about.cloneNode(true))
  const outdated = element("p.hb-notice", { hidden: true }, "What the handbook says here has changed since you edited it, or your shortlist has. Put back the handbook’s words to see it.")
  const panel = element("div.hb-field.hb-plan-editor", { id: `${id}-editor`, hidden: true },
    element("label", { for: area.id }, `Your text for “${heading}”`),
    element("p.hb-hint", { id: `${id}-how` }, "A line for each point. A line that you leave as it is keeps its source; every other is marked as yours."), area)
  function toggle(open) {
    panel.hidden = !open
    edit.setAttribute("aria-expanded", String(open))
    edit.firstChild.textContent = open ? "Done" : "Edit"
    if (open) area.focus()
  }
  function back() {
    area.value = asText(lines)
    act.note(id, null)
    act.done("The handbook’s words are back.")
    edit.focus()
  }
  return {
    node: element("div.hb-plan-tools.hb-screen-only", {}, outdated, panel, element("div.hb-actions", {}, edit, reset)),
    draw(made, elsewhere) {
      lines = made?.lines ?? []
      edit.hidden = !made
      if (!made) toggle(false)
      reset.hidden = !made?.changed
      outdated.hidden = !made?.outdated
      // Not while the reader types; but another address counts.
      if (made && (elsewhere || area !== document.activeElement)) area.value = asText(made.own)
    },
  }
}

function sources(section) {
  const body = element("div.hb-plan-body")
  const shown = shower(body, (found) => {
    const rows = (found ?? []).map(({ title, link, places }) => element("li", {},
      `${title}, `, element("a", { href: link }, link), ": ", ...places.flatMap((place, at) => [at ? "; " : "", ...placeOf(place)])))
    const credit = element("li", {}, `${CREDIT.text} `, element("a", { href: CREDIT.href }, CREDIT.href))
    return [found ? element("ul.hb-plan-sources", {}, ...rows, credit) : null]
  })
  section.append(body)
  return { draw: (plan) => shown(plan.parts.length ? plan.sources : null) }
}

function placeOf({ number, place, href }) {
  return [element("span.hb-plan-number", { id: `source-${number}` }, String(number)), " ", element("a", { href }, place ? `“${place}”` : "what the handbook takes from it")]
}
