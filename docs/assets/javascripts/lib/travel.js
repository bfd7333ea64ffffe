/* The reader's choices go along from page to page. */

import { HOME } from "./data.js"
import { format, leadsTo, load, read } from "./state.js"

let kept = null // the state to put back when the browser has gone to a place in this page

/** Let links to other pages of the handbook take the state along, and places in the page keep it. */
export function travel() {
  for (const event of ["pointerdown", "focusin", "click", "contextmenu"]) addEventListener(event, onTheWay, { capture: true })
  // Not earlier: when the page has loaded, the browser looks once more.
  if (document.readyState === "complete") arrive()
  else addEventListener("load", () => setTimeout(arrive))
  // Whichever comes first; whoever follows the state must not see the address without it.
  for (const event of ["popstate", "hashchange"]) addEventListener(event, stay)
}

function onTheWay(event) {
  const link = event.target instanceof Element && event.target.closest("a[href]")
  if (!link || !leadsTo(link).startsWith(HOME.href)) return
  const target = new URL(leadsTo(link))
  if (target.pathname !== location.pathname) load(link)
  // A place in this page is found by the browser itself; stay() puts the state back.
  else if (event.type === "click" && !target.hash.includes("!")) kept = read().values
}

/* The browser looks for an element with the whole fragment as its id; let it find the part before the mark. */
function arrive() {
  const { anchor, values } = read()
  if (!anchor || !values.size || !document.getElementById(anchor)) return
  location.replace(`#${anchor}`)
  history.replaceState(null, "", `#${format(values, anchor)}`)
}

/* A link to a place in this page has no state of its own, so it keeps the one that was there. */
function stay() {
  if (kept?.size && !location.hash.includes("!")) history.replaceState(null, "", `#${format(kept, read().anchor)}`)
  kept = null
}
