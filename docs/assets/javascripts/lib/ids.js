/* Which records can be put on the shortlist, and what those that were renamed are called now; see handbook/published.py. */

import { read } from "./data.js"

let known = null

/**
 * Read the list of ids. It is read only if a link brings a shortlist.
 * @throws {Error} worded for readers, if it cannot be had
 */
export async function learn() {
  known ??= await read("ids.json")
}

/** The present id of a record, or null if there is none of that id. Before {@link learn} has ended, any id is taken as it is. */
export function present({ record, id }) {
  if (!known) return id
  const { ids, former } = known[record]
  if (ids.includes(id)) return id
  return Object.hasOwn(former, id) ? former[id] : null
}
