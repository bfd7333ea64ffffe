/* The questions: each condition with its described answers and how to find out. */

import { element } from "../lib/dom.js"

const ORDER = ["have", "can", "not", "unknown"]
const TEXT = { have: "have", can: "can_get", not: "do_not_have" }

/**
 * One question.
 * @param {any} condition a record of data/conditions.json
 * @param {any} words data/vocabulary.json
 * @param {string} why how much depends on it
 * @param {(condition: string, level: string) => void} answered
 */
export function question(condition, words, why, answered) {
  const choices = ORDER.map((level) =>
    element("li", {}, element("label.hb-choice", {},
      element("input", { type: "radio", name: `fit-${condition.id}`, value: level, onchange: () => answered(condition.id, level) }),
      element("span", {},
        element("span.hb-fit-level", {}, words.readiness[level].label),
        TEXT[level] ? element("span.hb-hint", {}, condition.levels[TEXT[level]]) : null))))
  return element("fieldset", { id: `ask-${condition.id}`, tabindex: "-1", "data-condition": condition.id },
    element("legend", {}, condition.title),
    element("p", {}, condition.question),
    element("p.hb-hint", {}, why),
    element("details.hb-fit-find", {}, element("summary", {}, "How do I find out?"), element("p", {}, condition.find_out)),
    element("ul.hb-choices", {}, ...choices))
}

/** Tick what the reader has answered in all questions below `place`, and nothing else. */
export function tick(place, answers) {
  for (const box of place.querySelectorAll("input[type=radio]")) {
    box.checked = answers.get(box.closest("[data-condition]").dataset.condition) === box.value
  }
}

/** Bring a place in the page into view and go on from there by keyboard. A link would change the address. */
export function jump(id) {
  const target = document.getElementById(id)
  target.focus({ preventScroll: true })
  target.scrollIntoView({ block: "start" })
}
