/* The shortlist on the reader's own device: only after the reader has asked for it. */

import { HOME } from "./data.js"
import { picks, words } from "./shortlist.js"
import { follow, read, write } from "./state.js"

/* Other sites may share our origin, so the key has our path in it, as the theme's own have. */
const KEY = `${HOME.pathname}.shortlist`

let loaded = false

/** What is remembered, as the values of "pick" in a link; null if nothing may be. */
export function remembered() {
  try {
    const found = JSON.parse(localStorage.getItem(KEY))
    return Array.isArray(found) ? found.filter((pick) => typeof pick === "string") : null
  } catch {
    return null // storage is switched off, or what stands there is not ours
  }
}

/**
 * Begin to remember the present shortlist, or forget it all.
 * @returns {boolean} whether it is remembered now; a browser may refuse
 */
export function remember(on) {
  try {
    if (on) localStorage.setItem(KEY, JSON.stringify(words(picks().picks)))
    else localStorage.removeItem(KEY)
  } catch {
    // What a browser refuses is told by what it returns.
  }
  return remembered() !== null
}

/** Put what is remembered into the address, if the address has no shortlist of its own. */
export function recall() {
  const found = remembered()
  if (!found?.length || read().values.get("pick")?.length) return
  write({ pick: found })
  loaded = true
}

/** Whether the shortlist was loaded from this device when the page opened. */
export function isRecalled() {
  return loaded
}

/** Remember every change that the reader makes, if the reader has asked for it. A list that came with a link changes nothing. */
export function keep() {
  follow((event) => {
    if (event.type === "hb-state" && event.detail.includes("pick") && remembered()) remember(true)
  })
}
