/* What a choice has changed in the plan, in words for those who do not see it change. */

import { withWeekday } from "./dates.js"

const CHANGES = {
  date: ({ plan: { event } }) => (event ? `The plan is now counted back from ${withWeekday(event)}.` : "The plan now has no day of the event."),
  sector: ({ material: { sector } }) => (sector ? `The plan is now for this sector: ${sector.title}.` : "The plan is now for no sector."),
  event: ({ plan: { held } }) => `Counted back from the day of the event: ${held.map(({ title }) => title).join(", ") || "nothing"}.`,
  lead: ({ plan: { steps } }, before, values) => {
    const [was, is] = [weeks(before), weeks(values)]
    const moved = steps.filter(({ key }) => was.get(key) !== is.get(key))
    return moved.map(({ name, date }) => `${name}: ${date ? withWeekday(date) : "no date"}.`).join(" ")
  },
}

/**
 * What differs between the plan of two states, but for the shortlist and what the reader has written, which say it themselves.
 * @param {Map<string, string[]>} before the state that was shown
 * @param {Map<string, string[]>} values the state that is shown now
 * @param {{plan: import("./plan.js").Plan, material: Object}} page what is shown now
 * @returns {string} a sentence for each kind of change, or none
 */
export function told(before, values, page) {
  const differs = (key) => String(before.get(key) ?? "") !== String(values.get(key) ?? "")
  return Object.keys(CHANGES).filter(differs).map((key) => CHANGES[key](page, before, values)).join(" ")
}

/* The lead times that the reader has put in, by the step's key. */
function weeks(values) {
  return new Map((values.get("lead") ?? []).map((entry) => [entry.slice(0, entry.lastIndexOf(".")), entry]))
}
