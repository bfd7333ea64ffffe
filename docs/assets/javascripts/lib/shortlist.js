/* The reader's shortlist: lessons, tools and recommendations, kept in the address under "pick". */

import { address, read as readData } from "./data.js"
import { read, write } from "./state.js"

/** The records that can be put on the shortlist, and the folder below data/ of each. */
export const FOLDERS = { lesson: "lessons", tool: "tools", recommendation: "recommendations" }

/** How many records a shortlist may hold; more would make the link too long to be sent by mail. */
export const MOST = 20

const ID = /^(lesson|tool|recommendation)\.([a-z0-9]+(?:-[a-z0-9]+)*)$/

/**
 * The shortlist in the present address.
 * @returns {{picks: {record: string, id: string}[], notes: string[]}} notes say what was left out and why
 */
export function picks() {
  const found = read().values.get("pick") ?? []
  const good = found.filter((pick) => ID.test(pick))
  const notes = []
  if (good.length < found.length) notes.push("Part of the shortlist in the link is damaged. It was left out.")
  if (good.length > MOST) notes.push(`A shortlist holds ${MOST} entries at most. The rest was left out.`)
  return { picks: good.slice(0, MOST).map(split), notes }
}

function split(pick) {
  const [, record, id] = ID.exec(pick)
  return { record, id }
}

/** Whether a record is on the shortlist. */
export function has(record, id) {
  return picks().picks.some((pick) => pick.record === record && pick.id === id)
}

/**
 * Put a record on the shortlist, or take it off.
 * @returns {boolean} whether it is on the list now; it is not if the list was full
 */
export function toggle(record, id) {
  const all = picks().picks
  const others = all.filter((pick) => pick.record !== record || pick.id !== id)
  const adds = others.length === all.length && all.length < MOST
  arrange(adds ? [...all, { record, id }] : others)
  return adds
}

/** Make `list` the shortlist, in its order. */
export function arrange(list) {
  write({ pick: words(list) })
}

/** The records of a list, or records themselves, as a link has them. */
export function words(list) {
  return list.map(({ record, id }) => `${record}.${id}`)
}

/**
 * The records on the shortlist, read from the data.
 * @returns {Promise<{records: any[], notes: string[]}>} a record that the handbook does not have (any more) is left out with a note
 * @throws {Error} worded for readers, if the data cannot be had
 */
export async function records() {
  const { picks: chosen, notes } = picks()
  const found = await Promise.all(chosen.map(({ record, id }) => readData(`${FOLDERS[record]}/${id}.json`).catch(gone)))
  chosen.forEach((pick, at) => {
    if (!found[at]) notes.push(missing(pick))
  })
  return { records: found.filter(Boolean), notes }
}

/** What to tell a reader whose link names a record that is not there. */
export function missing({ record, id }) {
  return `The handbook has no ${record} called “${id}”. It may have been renamed. It was left out.`
}

function gone(error) {
  if (error.missing) return null
  throw error
}

/** The full address of a record's page. */
export function page(record) {
  return address(record.url)
}
