/* Which records of the shortlist stand side by side. */

import { words } from "../lib/shortlist.js"
import { read, write } from "../lib/state.js"

/** How many records can stand side by side; more would not fit on a screen. */
export const SIDE = 4

/**
 * The first four of the shortlist, or those that the reader has chosen.
 * @param {any[]} found the records on the shortlist
 * @returns {{chosen: any[], notes: string[]}}
 */
export function choose(found) {
  const wanted = read().values.get("side")
  if (found.length <= SIDE || !wanted) return { chosen: found.slice(0, SIDE), notes: [] }
  const ids = words(found)
  const known = wanted.filter((id) => ids.includes(id))
  const notes = []
  if (known.length < wanted.length) notes.push("The link puts something side by side that is not on its shortlist. It was left out.")
  if (known.length > SIDE) notes.push(`At most ${SIDE} stand side by side. The rest was left out.`)
  const chosen = known.length ? known.slice(0, SIDE).map((id) => found[ids.indexOf(id)]) : found.slice(0, SIDE)
  return { chosen, notes }
}

/** Put the records with these names side by side. */
export function sideBySide(ids) {
  write({ side: ids })
}
