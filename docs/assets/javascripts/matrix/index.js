/* The matrix, filtered by sector and state. The whole table is in the page; this
   hides what is not asked for. */

import { element, say, show } from "../lib/dom.js"
import { follow, read, write } from "../lib/state.js"
import { counts, left, ways } from "./filter.js"

const KINDS = {
  sector: { legend: "Which sectors?", drop: "Show all sectors", unknown: "a sector" },
  state: { legend: "Which states?", drop: "Show all states", unknown: "a state" },
}

/**
 * Put the choices in `place` and let them hide rows and columns of the table that follows it.
 * @param {HTMLElement} place
 */
export function start(place) {
  const table = document.querySelector(".hb-matrix")
  const matrix = readTable(table)
  const form = element("form.hb-form", { onsubmit: (event) => event.preventDefault() })
  const boxes = Object.keys(KINDS).map((kind) => [kind, choices(kind, matrix.values[kind])])
  const status = element("p.hb-status.hb-stays", { role: "status" })
  const notice = element("div")
  form.append(...boxes.map(([, box]) => box.set))
  place.append(form, status, notice)

  const draw = () => {
    const { chosen, notes } = wanted(matrix.values)
    const rows = left(matrix.rows, chosen)
    for (const [kind, box] of boxes) box.draw(chosen[kind], counts(matrix.rows, chosen, kind, [...matrix.values[kind].keys()]))
    matrix.show(new Set(rows), chosen.sector)
    table.hidden = !rows.length
    const only = Object.keys(KINDS).flatMap((kind) => chosen[kind].map((value) => matrix.values[kind].get(value)))
    say(status, `${rows.length} of ${matrix.rows.length} recommendations shown${only.length ? `: ${only.join(", ")}` : ""}.`)
    show(notice, notes.length ? warning(notes) : null, rows.length ? whole(chosen) : nothing(ways(matrix.rows, chosen)))
  }
  follow(draw)
  draw()
}

/** The rows, the values that can be chosen, with their words, and a way to show a part of the table. */
function readTable(table) {
  const heads = [...table.tHead.rows[0].cells].slice(1)
  const sectors = heads.map((cell) => cell.dataset.sector)
  const rows = [...table.tBodies[0].rows].map((row) => {
    const cells = [...row.cells].slice(1)
    return { row, cells, states: new Map(cells.map((cell, number) => [sectors[number], stateOf(cell.querySelector(".hb-badge"))])) }
  })
  const legend = [...document.querySelectorAll(".hb-legend .hb-badge")]
  return {
    rows,
    values: {
      sector: new Map(heads.map((cell) => [cell.dataset.sector, cell.textContent.trim()])),
      state: new Map(legend.map((badge) => [stateOf(badge), badge.textContent.trim()])),
    },
    show(kept, chosen) {
      const off = sectors.map((sector) => chosen.length > 0 && !chosen.includes(sector))
      heads.forEach((cell, number) => { cell.hidden = off[number] })
      for (const { row, cells } of rows) cells.forEach((cell, number) => { cell.hidden = off[number] })
      for (const each of rows) each.row.hidden = !kept.has(each)
    },
  }
}

function stateOf(badge) {
  return [...badge.classList].find((name) => name.startsWith("hb-state-")).slice("hb-state-".length)
}

/** What the link asks for, and in words what it asks for in vain. */
function wanted(values) {
  const asked = read().values
  const notes = []
  const chosen = {}
  for (const kind of Object.keys(KINDS)) {
    const found = asked.get(kind) ?? []
    chosen[kind] = found.filter((value) => values[kind].has(value))
    for (const value of found) {
      if (!values[kind].has(value)) notes.push(`The link asks for ${KINDS[kind].unknown} that is not in this table: “${value.slice(0, 40)}”. It was left out.`)
    }
  }
  return { chosen, notes }
}

/** Check boxes for all values of a kind, each with its count. */
function choices(kind, values) {
  const parts = [...values].map(([value, label]) => {
    const count = element("span.hb-count")
    const box = element("input", { type: "checkbox", name: kind, value, onchange: () => write({ [kind]: ticked() }, { step: true }) })
    return { value, count, box, line: element("li", {}, element("label.hb-choice", {}, box, element("span", {}, label), count)) }
  })
  const ticked = () => parts.filter(({ box }) => box.checked).map(({ value }) => value)
  return {
    set: element("fieldset", {}, element("legend", {}, KINDS[kind].legend), element("ul.hb-choices", {}, parts.map(({ line }) => line))),
    draw(chosen, counted) {
      for (const { value, count, box } of parts) {
        box.checked = chosen.includes(value)
        count.textContent = `(${counted.get(value)})`
      }
    },
  }
}

function warning(notes) {
  return element("div.hb-notice", {}, notes.map((note) => element("p", {}, note)))
}

/** A way back to the whole table, if it is not shown. */
function whole({ sector, state }) {
  if (!sector.length && !state.length) return null
  return element("p.hb-actions", {}, button("Show the whole table", { sector: [], state: [] }))
}

/** What to do when nothing is left. */
function nothing(found) {
  return element("div.hb-notice", {},
    element("p", {}, "No recommendation stands like this there. That nobody has tried or proposed something is an answer, too. To see more:"),
    element("p.hb-actions", {}, found.map(([kind, count]) => button(`${KINDS[kind].drop} (${count})`, { [kind]: [] }))))
}

function button(label, changes) {
  const press = () => {
    write(changes, { step: true })
    // The button is gone; the reader goes on at the choices.
    document.querySelector(".hb-form input").focus()
  }
  return element("button.hb-button", { type: "button", onclick: press }, label)
}
