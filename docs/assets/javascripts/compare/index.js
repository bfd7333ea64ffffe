/* The shortlist and, below it, up to four of its records side by side. */

import { element, say, show } from "../lib/dom.js"
import { read as readData } from "../lib/data.js"
import { notice } from "../lib/notice.js"
import { records } from "../lib/shortlist.js"
import { follow, format, read } from "../lib/state.js"
import { list } from "./list.js"
import { choose } from "./side.js"
import { tables } from "./tables.js"

/** @param {HTMLElement} place is filled; what is built for readers without script stands after it */
export function start(place) {
  const built = document.querySelector(".hb-all-side-by-side")
  const parts = Object.fromEntries(["notes", "list", "tables"].map((name) => [name, element("div")]))
  const status = element("p.hb-hint", { role: "status" })
  place.append(parts.notes, parts.list, status, parts.tables)
  let turn = 0
  let seen = ""
  follow(({ type }) => {
    // A place in this page changes nothing, and building anew would take the focus away.
    if (type === "hb-state" || format(read().values) !== seen) render()
  })
  return render()

  async function render() {
    const mine = ++turn
    seen = format(read().values)
    try {
      const [found, vocabulary] = await Promise.all([records("comparison"), readData("vocabulary.json")])
      if (mine !== turn) return // the reader was quicker
      const { chosen, notes: left } = choose(found)
      show(parts.notes, notice(left))
      const again = focused(place)
      show(parts.list, ...list(found, chosen, (text) => say(status, text)))
      show(parts.tables, ...tables(chosen, vocabulary, read().values.get("hide")?.includes("same"), read().values.get("sector")?.[0]))
      again()
      if (built) built.hidden = found.length > 0
    } catch (error) {
      show(parts.notes, notice([error.message]))
    }
  }
}

/* Building anew takes the focus away; this gives it back to the same button, or to its like in the entry that is now there, or last. */
function focused(place) {
  const name = document.activeElement.dataset.focus
  if (!name || !place.contains(document.activeElement)) return () => {}
  const alike = () => [...place.querySelectorAll(`[data-focus^="${name.split(" ")[0]} "]`)]
  const at = alike().indexOf(document.activeElement)
  return () => {
    const now = alike()
    const same = [...place.querySelectorAll("[data-focus]")].find((one) => one.dataset.focus === name && !one.disabled)
    const target = same ?? now[Math.min(at, now.length - 1)] ?? place.querySelector("[tabindex]")
    target?.focus()
  }
}
