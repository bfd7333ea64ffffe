/* The button that puts a record on the shortlist or takes it off, with what it did. The words are the same everywhere. */

import { COMES_BACK } from "./back.js"
import { element, say, show } from "./dom.js"
import { has, MOST, picks, toggle } from "./shortlist.js"

const STAYS = " It goes along with links, not with your browser’s Back button."

/** What the button says about a record that is on the list, or is not. */
export function wording(on) {
  return on ? "Take off my shortlist" : "Add to my shortlist"
}

/** What to say of a record that is off the list, with so many left. */
export function takenOff(left) {
  return `${left ? `Taken off. ${left} left.` : "Taken off. Your shortlist is empty."} The Back button of your browser brings it back.`
}

/**
 * @param {{record: string, id: string, title?: string}} record the title is for people who hear the button without what stands around it
 * @param {{small?: boolean}} [options]
 * @returns {{nodes: Node[], draw: (event?: Event) => void}} draw is to be called when the list has changed elsewhere
 */
export function picker({ record, id, title }, { small = false } = {}) {
  const button = element(small ? "button.hb-button.hb-small" : "button.hb-button", { type: "button", onclick: press })
  const status = element("span.hb-hint", small ? { "aria-live": "polite" } : { role: "status" })
  draw()
  return { nodes: [button, " ", status], draw }

  function draw(event) {
    const on = has(record, id)
    if (event?.type === "popstate" && "on" in button.dataset !== on) say(status, on ? "It is on your shortlist again." : "It is off your shortlist again.")
    button.toggleAttribute("data-on", on)
    show(button, wording(on), title ? element("span.hb-hidden", {}, `: ${title}`) : null)
  }

  function press() {
    const was = has(record, id)
    const is = toggle(record, id)
    const many = picks().picks.length
    draw()
    if (was && !is) say(status, takenOff(many))
    else if (is && !was) say(status, `Added. ${many === 1 ? `It is the only one on your shortlist.${COMES_BACK ? "" : STAYS}` : `There are ${many} on your shortlist.`}`)
    else if (many >= MOST) say(status, `Your shortlist is full: it holds ${MOST}. Take one off first.`)
  }
}
