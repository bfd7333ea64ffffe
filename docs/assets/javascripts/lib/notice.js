/* What the reader has to be told: what was left out of a link, and why. */

import { element } from "./dom.js"

/** A box with a paragraph for each note, or nothing if there is none. */
export function notice(notes) {
  return notes.length ? element("div.hb-notice", {}, notes.map((note) => element("p", {}, note))) : null
}
