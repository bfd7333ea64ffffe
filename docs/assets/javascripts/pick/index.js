/* The button that puts the record of its page on the shortlist. */

import { picker } from "../lib/picker.js"
import { follow } from "../lib/state.js"

/** @param {HTMLElement} place has the record's kind and id in data-record and data-id */
export function start(place) {
  const { nodes, draw } = picker(place.dataset)
  place.append(...nodes)
  follow(draw)
}
