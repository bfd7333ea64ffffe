/* A field for a day. */

import { element } from "../lib/dom.js"
import { read } from "../lib/state.js"
import { isDay, YEARS } from "./dates.js"

/**
 * A field for a day. It is typed piece by piece, and each piece can make another
 * day: what is none is not written, and all of one edit are one step back.
 * @param {string} id
 * @param {(day: string, since: Map<string, string[]>|null) => void} set
 *   called with the new day, empty if there is to be none, and with the state before this edit if it has written another day
 * @param {(text: string) => void} tell says to the reader what went wrong
 * @returns {{node: HTMLElement, hold: (day: string, elsewhere: boolean) => void}} hold: show the day that the address says
 */
export function dayInput(id, set, tell) {
  let [held, since] = ["", null]
  const node = element("input", {
    type: "date", id, min: `${YEARS[0]}-01-01`, max: `${YEARS[1]}-12-31`,
    onchange() {
      const [day, before] = [node.value, read().values]
      if (day === held || node.validity.badInput || (day && !isDay(day))) return
      held = day
      set(day, since)
      since ??= before
    },
    onblur() {
      since = null
      if (node.value === held && !node.validity.badInput) return
      node.value = held
      tell(`That is no day between the years ${YEARS[0]} and ${YEARS[1]}. The day stayed as it was.`)
    },
  })
  return {
    node,
    hold(day, elsewhere) {
      held = day
      if (elsewhere) since = null
      // Not while the reader types; but another address counts.
      if (elsewhere || node !== document.activeElement) node.value = day
    },
  }
}
