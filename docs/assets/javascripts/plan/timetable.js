/* The latest date for each step, and the lead times that the reader can change. */

import { element, show } from "../lib/dom.js"
import { withWeekday } from "./dates.js"
import { aboutDay, aboutLate, MOST_WEEKS, noSteps, told, written } from "./schedule.js"

const HEADS = ["Step", "Weeks before", "Latest date"]

/** The timetable in `section`, an element of the page with a heading. */
export function timetable(section, act) {
  const body = element("div.hb-plan-body")
  const above = element("div")
  let table = null
  section.append(body)
  return {
    draw(plan, material, elsewhere) {
      const steps = material.items.length ? plan.steps : []
      // The same steps keep their fields: the reader may be in one of them, or on the way to the next.
      if (!steps.length) table = null
      else if (!table?.has(steps)) table = tableOf(steps, act)
      if (!table) return show(body, material.items.length ? nothing(plan) : null)
      if (table.node.parentNode !== body) show(body, above, table.node, table.reset)
      show(above, ...about(plan))
      return table.draw(plan, elsewhere)
    },
  }
}

function nothing(plan) {
  const more = plan.apart.length ? " Choose above what takes place, and its steps stand here." : " Choose a tool, and its steps stand here."
  return element("p", {}, noSteps(plan), plan.against ? null : more)
}

function about(plan) {
  const [day, late] = [aboutDay(plan), aboutLate(plan)]
  return [
    day ? element("p", {}, day, plan.apart.length ? " Choose above what takes place on that day." : null) : null,
    element("p.hb-hint", {}, `Change the weeks to suit you: a whole number from 0 to ${MOST_WEEKS}. Empty the field to put back what is on record.`),
    plan.event ? null : element("p.hb-notice", {}, "Enter the day of the event above, and each step gets its latest date."),
    late ? element("p.hb-notice", {}, late) : null,
  ]
}

/* The table for these steps. It stays in the page while their weeks and dates change. */
function tableOf(steps, act) {
  const several = new Set(steps.map(({ tool }) => tool)).size > 1
  const rows = new Map(steps.map((step) => [step.key, rowOf(step, several, act)]))
  const body = element("tbody", { role: "rowgroup" })
  let order = steps
  const here = () => body.contains(document.activeElement)
  const sort = () => order.forEach(({ key }, at) => {
    const { node } = rows.get(key)
    if (body.children[at] !== node) body.insertBefore(node, body.children[at] ?? null)
  })
  // No row moves away under the reader, who finds them in their new order afterwards.
  body.addEventListener("focusout", ({ relatedTarget: next }) => {
    if (!body.contains(next) && !here()) sort()
  })
  const back = () => {
    act.choose({ lead: [] })
    body.querySelector("input").focus()
  }
  const reset = element("div.hb-actions", {}, element("button.hb-button", { type: "button", onclick: back }, "Put back the lead times on record"))
  return {
    reset,
    node: element("table.hb-table.hb-plan-when", { role: "table" },
      element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, ...HEADS.map((name) => element("th", { role: "columnheader", scope: "col" }, name)))), body),
    has: (others) => others.length === rows.size && others.every(({ key }) => rows.has(key)),
    draw(plan, elsewhere) {
      order = plan.steps
      for (const step of order) rows.get(step.key).draw(step, plan, elsewhere)
      // Where the reader goes to is known only when what is going on is done.
      if (elsewhere) sort()
      else setTimeout(() => here() || sort())
      reset.hidden = !plan.changed.size
    },
  }
}

function rowOf({ key, name, title }, several, act) {
  let now = {} // the step and the plan as they were last drawn
  const set = () => {
    const { step, plan: { changed } } = now
    const number = Number(input.value)
    if (input.value === "" && input.validity.valid) changed.delete(key)
    else if (Number.isInteger(number) && number >= 0 && number <= MOST_WEEKS && input.validity.valid) changed.set(key, number)
    else {
      input.value = step.weeks ?? ""
      return act.done(`Weeks are a whole number from 0 to ${MOST_WEEKS}. The number stays as it was.`)
    }
    if (changed.get(key) === step.onRecord) changed.delete(key)
    input.value = changed.get(key) ?? step.onRecord ?? ""
    return act.choose({ lead: written(changed) })
  }
  const input = element("input", { type: "number", id: `lead-${key.replace(".", "-")}`, min: 0, max: MOST_WEEKS, step: 1, inputmode: "numeric", "aria-label": `Weeks before: ${name} (${title})`, onchange: set })
  const [beside, day] = [element("span"), cell(2)]
  return {
    node: element("tr", { role: "row" },
      element("th", { role: "rowheader", scope: "row" }, name, several ? element("span.hb-plan-of", {}, title) : null), cell(1, input, beside), day),
    draw(step, plan, elsewhere) {
      now = { step, plan }
      // Not while the reader types; but another address counts.
      if (elsewhere || input !== document.activeElement) input.value = step.weeks ?? ""
      show(beside, ...(plan.changed.has(key) ? [" ", element("span.hb-plan-ours", {}, "ours")] : []), step.weeks === null ? element("span.hb-unknown", {}, told(step)) : null)
      show(day, ...date(step, plan.event))
    },
  }
}

function cell(at, ...content) {
  return element("td", { role: "cell", "data-label": HEADS[at] }, ...content)
}

function date({ date: day, passed, move }, event) {
  if (!day) return [element("span.hb-unknown", {}, event ? "no date" : "—")]
  if (!passed) return [withWeekday(day)]
  return [withWeekday(day), " ", element("strong.hb-plan-passed", {}, `This date has passed: move the event to ${withWeekday(move)} or later, or skip.`)]
}
