/* The reader's choices go along from page to page. */

import { HOME } from "./data.js"
import { sign, stay } from "./back.js"
import { leadsTo, load, read, settle } from "./state.js"

/** Let links to other pages of the handbook take the state along, and places in the page keep it. */
export function travel() {
  for (const event of ["pointerdown", "focusin", "click", "contextmenu"]) addEventListener(event, onTheWay, { capture: true })
  // Not earlier: when the page has loaded, the browser looks once more.
  if (document.readyState === "complete") arrive()
  else addEventListener("load", () => setTimeout(arrive))
}

function onTheWay(event) {
  const link = event.target instanceof Element && event.target.closest("a[href]")
  if (!link || !leadsTo(link).startsWith(HOME.href)) return
  const target = new URL(leadsTo(link))
  if (target.pathname !== location.pathname) load(link)
  // A place in this page is found by the browser itself, and has no state of its own.
  else if (event.type === "click" && !target.hash.includes("!")) stay()
}

/* The browser looks for an element with the whole fragment as its id; let it find the part before the mark. */
function arrive() {
  const { anchor, values } = read()
  if (!anchor || !values.size || !document.getElementById(anchor)) return
  const { state } = history
  location.replace(`#${anchor}`)
  settle(values, anchor, state)
  sign()
}
