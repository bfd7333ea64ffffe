/* The button that puts the record of its page on the shortlist. */

import { element, say } from "../lib/dom.js"
import { has, MOST, picks, toggle } from "../lib/shortlist.js"
import { follow } from "../lib/state.js"

/** @param {HTMLElement} place has the record's kind and id in data-record and data-id */
export function start(place) {
  const { record, id } = place.dataset
  const button = element("button.hb-button", { type: "button", onclick: press })
  const status = element("span.hb-hint", { role: "status" })
  place.append(button, " ", status)
  show()
  follow(show)

  function show() {
    const on = has(record, id)
    button.setAttribute("aria-pressed", String(on))
    button.textContent = on ? "On your shortlist" : "Add to shortlist"
  }

  function press() {
    const was = has(record, id)
    const is = toggle(record, id)
    const many = picks().picks.length
    if (is) say(status, `Added. ${many === 1 ? "It is the only one" : `There are ${many}`} on your shortlist.`)
    else if (was) say(status, many ? `Taken off. ${many} left.` : "Taken off. Your shortlist is empty.")
    else say(status, `Your shortlist is full: it holds ${MOST}. Take one off first.`)
  }
}
