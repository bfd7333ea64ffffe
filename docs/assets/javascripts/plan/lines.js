/* The lines that the sections of a plan are made of. */

import { address } from "../lib/data.js"

/**
 * A line of a plan.
 * @typedef {Object} Line
 * @property {string} text what it says, without marks
 * @property {string} [lead] the words at its start that are printed bold
 * @property {string} [basis] reported, inferred, suggested; "own" if the reader wrote it; none if it is put together from records
 * @property {any[]} [sources] citations
 * @property {string} [href] the full address of the page that says more
 * @property {boolean} [group] whether it is the title of the lines that follow
 */

/** A line that says what a claim says. */
export function claim(found, lead = "") {
  return { text: lead ? `${lead}: ${found.text}` : found.text, lead: lead && `${lead}:`, basis: found.basis, sources: found.sources }
}

/** A line put together from records. */
export function plain(text, { lead = "", href = null } = {}) {
  return { text: lead ? `${lead}: ${text}` : text, lead: lead && `${lead}:`, href: href && address(href), sources: [] }
}

/**
 * The title of the lines that follow.
 * @param {any} record
 * @param {string} [aside] what is added in brackets
 */
export function group(record, aside = "") {
  return { text: aside ? `${record.title} (${aside})` : record.title, lead: record.title, group: true, href: address(record.url), sources: [] }
}

/** "1 reason", "4 reasons". */
export function counted(number, what) {
  return `${number} ${what}${number === 1 ? "" : "s"}`
}

/** "once", "twice", "4 times". */
export function times(number) {
  return { 1: "once", 2: "twice" }[number] ?? `${number} times`
}

/** "a, b and c". */
export function listed(words) {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`
}

/**
 * `list` by what `key` gives, in the order in which each comes up first.
 * @returns {Map<any, any[]>}
 */
export function grouped(list, key) {
  const found = new Map()
  for (const each of list) found.set(key(each), [...(found.get(key(each)) ?? []), each])
  return found
}
