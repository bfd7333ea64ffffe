/* The reader's shortlist: lessons, tools and recommendations, kept in the address under "pick". */

import { address, read as readData } from "./data.js"
import { learn, present } from "./ids.js"
import { read, settle, write } from "./state.js"

/** The records that can be put on the shortlist, and the folder below data/ of each. */
export const FOLDERS = { lesson: "lessons", tool: "tools", recommendation: "recommendations" }

/** How many records a shortlist may hold; more would make the link too long to be sent by mail. */
export const MOST = 20

const ID = /^(lesson|tool|recommendation)\.([a-z0-9]+(?:-[a-z0-9]+)*)$/

/**
 * The shortlist in the present address. What the handbook does not have is left out as soon as that is known.
 * @returns {{picks: {record: string, id: string}[], notes: string[]}} notes say what was left out and why; lib/notices.js tells it on every page
 */
export function picks() {
  const found = read().values.get("pick") ?? []
  const good = found.filter((pick) => ID.test(pick)).map(split)
  const there = good.filter((pick) => present(pick) !== null)
  const notes = good.filter((pick) => present(pick) === null).slice(0, MOST).map(missing)
  if (good.length < found.length) notes.push("Part of the shortlist in the link is damaged. It was left out.")
  if (there.length > MOST) notes.push(`A shortlist holds ${MOST} entries at most. The rest was left out.`)
  return { picks: there.slice(0, MOST), notes }
}

function split(pick) {
  const [, record, id] = ID.exec(pick)
  return { record, id }
}

/**
 * Look up what the address has on its shortlist, and give what was renamed its present name there.
 * @returns {Promise<boolean>} whether something was renamed or is not there
 * @throws {Error} worded for readers, if the data cannot be had
 */
export async function renew() {
  if (!read().values.get("pick")?.length) return false
  await learn()
  const { anchor, values } = read()
  const before = String(values.get("pick"))
  for (const key of ["pick", "side"]) if (values.has(key)) values.set(key, [...new Set(values.get(key).map(current))])
  const renamed = String(values.get("pick")) !== before
  if (renamed) settle(values, anchor)
  const changed = renamed || picks().notes.length > 0
  if (changed && announced !== location.hash) {
    announced = location.hash
    dispatchEvent(new CustomEvent("hb-arrival"))
  }
  return changed
}

let announced = "" // the last address that everybody was told of anew

function current(pick) {
  if (!ID.test(pick)) return pick
  const { record, id } = split(pick)
  return `${record}.${present({ record, id }) ?? id}`
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
  // After adding, readers press the back button for the list that they came from; it must not take away what they have just added.
  return adds ? arrange([...all, { record, id }]) : !arrange(others, { step: true })
}

/**
 * Make `list` the shortlist, in its order.
 * @param {{step?: boolean}} [options] step: whether the back button should undo it
 * @returns {boolean} whether it is so now
 */
export function arrange(list, options) {
  return write({ pick: words(list) }, options)
}

/** The records of a list, or records themselves, as a link has them. */
export function words(list) {
  return list.map(({ record, id }) => `${record}.${id}`)
}

/**
 * The records on the shortlist, read from the data.
 * @param {"comparison"|"inquiries"} [more] what is computed of each, and wanted under that name
 * @returns {Promise<any[]>} without those that the handbook does not have
 * @throws {Error} worded for readers, if the data cannot be had
 */
export async function records(more) {
  await renew()
  return Promise.all(picks().picks.map(async ({ record, id }) => {
    const path = `${FOLDERS[record]}/${id}.json`
    const [found, computed] = await Promise.all([readData(path), more ? readData(`${more}/${path}`) : null])
    return more ? { ...found, [more]: computed } : found
  }))
}

function missing({ record, id }) {
  const name = id.length > 60 ? `${id.slice(0, 60)}…` : id
  return `The handbook has no ${record} called “${name}”. It was left out.`
}

/** The full address of a record's page. */
export function page(record) {
  return address(record.url)
}
