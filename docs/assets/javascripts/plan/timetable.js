/* The latest date for each step, and the lead times that the reader can change. */

import { element, show } from "../lib/dom.js"
import { spelled, withWeekday } from "./dates.js"
import { grouped } from "./lines.js"
import { MOST_WEEKS, written } from "./schedule.js"

const HEADS = ["Step", "Weeks before", "Latest date"]

/** The timetable in `section`, an element of the page with a heading. */
export function timetable(section, act) {
  const body = element("div.hb-plan-body")
  section.append(body)
  let shown = ""
  return {
    draw(plan, material) {
      // Drawn anew only if something has changed: the reader may be in one of its fields.
      const now = JSON.stringify([plan.steps, plan.event, material.items.map(({ id }) => id)])
      if (now === shown) return
      shown = now
      const focused = document.activeElement?.id
      show(body, ...(material.items.length ? content(plan, material, act) : []))
      if (focused && body.querySelector(`#${CSS.escape(focused)}`)) document.getElementById(focused).focus()
    },
  }
}

function content(plan, material, act) {
  if (!plan.steps.length && material.refused.length) return [element("p", {}, "The fit check speaks against what you chose, so it gets no dates.")]
  if (!plan.steps.length) return [element("p", {}, "What you chose has no steps on record. Choose a tool, and its steps stand here.")]
  return [...about(plan, material), tableOf(plan, act), ...onPaper(plan), reset(plan, act)]
}

function about({ event, steps, earliest }, { items, tools }) {
  const chosen = items.some(({ record }) => record === "tool")
  const late = steps.filter(({ passed }) => passed).length
  return [
    chosen ? null : element("p", {}, `Steps of ${tools.map(({ title }) => `“${title}”`).join(" and ")}, the first tool behind each recommendation.`),
    element("p.hb-hint.hb-screen-only", {}, `Change the weeks to suit you: a whole number from 0 to ${MOST_WEEKS}. Empty the field to put back what is on record.`),
    event ? null : element("p.hb-notice.hb-screen-only", {}, "Enter the day of the event above, and each step gets its latest date."),
    late ? element("p.hb-notice", {}, `${late === 1 ? "One date has" : `${late} dates have`} passed. To keep every lead time, hold the event on ${withWeekday(earliest)} or later.`) : null,
  ]
}

function tableOf({ steps, changed, event }, act) {
  const several = new Set(steps.map(({ tool }) => tool)).size > 1
  return element("table.hb-table.hb-plan-when.hb-screen-only", { role: "table" },
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

/** What is known of a step's lead time, in words. */
export function told({ weeks: number, phase }) {
  if (number !== null) return String(number)
  return { before: "no lead time on record", during: "on the day", after: "afterwards; no time on record" }[phase]
}

function date({ date: day, passed, move }, event) {
  if (!day) return [element("span.hb-unknown", {}, event ? "no date" : "—")]
  if (!passed) return [withWeekday(day)]
  return [withWeekday(day), " ", element("strong.hb-plan-passed", {}, `This date has passed: move the event to ${withWeekday(move)} or later, or skip.`)]
}

/* On paper a paragraph for each tool, because a table of all steps takes a page. Steps whose date has passed are counted above. */
function onPaper({ steps, event }) {
  return [...grouped(steps.filter(({ passed }) => !passed), ({ title }) => title)].map(([title, own]) => {
    const days = [...grouped(own, (step) => time(step, event))].map(([when, found]) => `${when}: ${found.map(({ name }) => name).join(", ")}`)
    return element("p.hb-print-only.hb-plan-run", {}, element("strong", {}, `${title}.`), ` ${days.join("; ")}.`)
  })
}

function time(step, event) {
  if (step.phase === "during" && !step.weeks) return event ? `On the day, ${spelled(event)}` : "on the day"
  if (step.date) return spelled(step.date)
  return step.weeks === null ? told(step) : `${step.weeks} week${step.weeks === 1 ? "" : "s"} before`
}

function reset({ changed }, act) {
  if (!changed.size) return null
  return element("div.hb-actions", {}, element("button.hb-button", { type: "button", id: "lead-reset", onclick: () => act.choose({ lead: [] }) }, "Put back the lead times on record"))
}
