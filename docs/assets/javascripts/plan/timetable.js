/* The latest date for each step, and the lead times that the reader can change. */

import { element, show } from "../lib/dom.js"
import { withWeekday } from "./dates.js"
import { aboutDay, aboutLate, MOST_WEEKS, noSteps, told, written } from "./schedule.js"

const HEADS = ["Step", "Weeks before", "Latest date"]

/** The timetable in `section`, an element of the page with a heading. */
export function timetable(section, act) {
  const body = element("div.hb-plan-body")
  section.append(body)
  let shown = ""
  return {
    draw(plan, material) {
      // Drawn anew only if something has changed: the reader may be in one of its fields.
      const now = JSON.stringify([plan.steps, plan.apart.length, plan.event, material.items.map(({ id }) => id)])
      if (now === shown) return
      shown = now
      const focused = document.activeElement?.id
      show(body, ...(material.items.length ? content(plan, act) : []))
      if (focused && body.querySelector(`#${CSS.escape(focused)}`)) document.getElementById(focused).focus()
    },
  }
}

function content(plan, act) {
  if (!plan.steps.length) return [element("p", {}, noSteps(plan), plan.against ? null : " Choose a tool, and its steps stand here.")]
  return [...about(plan), tableOf(plan, act), reset(plan, act)]
}

function about(plan) {
  const [day, late] = [aboutDay(plan), aboutLate(plan)]
  return [
    day ? element("p", {}, day, plan.apart.length ? " Choose above which of them takes place on that day." : null) : null,
    element("p.hb-hint", {}, `Change the weeks to suit you: a whole number from 0 to ${MOST_WEEKS}. Empty the field to put back what is on record.`),
    plan.event ? null : element("p.hb-notice", {}, "Enter the day of the event above, and each step gets its latest date."),
    late ? element("p.hb-notice", {}, late) : null,
  ]
}

function tableOf({ steps, changed, event }, act) {
  const several = new Set(steps.map(({ tool }) => tool)).size > 1
  return element("table.hb-table.hb-plan-when", { role: "table" },
    element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, ...HEADS.map((name) => element("th", { role: "columnheader", scope: "col" }, name)))),
    element("tbody", { role: "rowgroup" }, ...steps.map((step) =>
      element("tr", { role: "row" },
        element("th", { role: "rowheader", scope: "row" }, step.name, several ? element("span.hb-plan-of", {}, step.title) : null),
        cell(1, ...weeks(step, changed, act)),
        cell(2, ...date(step, event))))))
}

function cell(at, ...content) {
  return element("td", { role: "cell", "data-label": HEADS[at] }, ...content)
}

function weeks(step, changed, act) {
  const id = `lead-${step.key.replace(".", "-")}`
  const set = (event) => {
    const number = Number(event.target.value)
    if (event.target.value === "" && event.target.validity.valid) changed.delete(step.key)
    else if (Number.isInteger(number) && number >= 0 && number <= MOST_WEEKS && event.target.validity.valid) changed.set(step.key, number)
    else {
      event.target.value = step.weeks ?? ""
      return act.done(`Weeks are a whole number from 0 to ${MOST_WEEKS}. The number stays as it was.`)
    }
    if (changed.get(step.key) === step.onRecord) changed.delete(step.key)
    return act.choose({ lead: written(changed) })
  }
  const input = element("input", { type: "number", id, min: 0, max: MOST_WEEKS, step: 1, inputmode: "numeric", value: step.weeks, "aria-label": `Weeks before: ${step.name} (${step.title})`, onchange: set })
  return [input, ...(changed.has(step.key) ? [" ", element("span.hb-plan-ours", {}, "ours")] : []),
    ...(step.weeks === null ? [element("span.hb-unknown", {}, told(step))] : [])]
}

function date({ date: day, passed, move }, event) {
  if (!day) return [element("span.hb-unknown", {}, event ? "no date" : "—")]
  if (!passed) return [withWeekday(day)]
  return [withWeekday(day), " ", element("strong.hb-plan-passed", {}, `This date has passed: move the event to ${withWeekday(move)} or later, or skip.`)]
}

function reset({ changed }, act) {
  if (!changed.size) return null
  return element("div.hb-actions", {}, element("button.hb-button", { type: "button", id: "lead-reset", onclick: () => act.choose({ lead: [] }) }, "Put back the lead times on record"))
}
