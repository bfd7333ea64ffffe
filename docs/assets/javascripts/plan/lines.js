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

/** The title of the lines that follow. */
export function group(record) {
  return { text: record.title, group: true, href: address(record.url), sources: [] }
}

/**
 * As many lines as there is room for, and one that says how many more there are and where.
 * @param {Line[]} lines
 * @param {number} room
 * @param {string} what "reason"
 * @param {any} record whose page has the rest
 */
export function cut(lines, room, what, record) {
  const more = lines.length - room
  if (more <= 0) return lines
  return [...lines.slice(0, room), plain(`${counted(more, `more ${what}`)} on the page “${record.title}”.`, { href: record.url })]
}

/** "one reason", "4 reasons". */
export function counted(number, what) {
  return number === 1 ? `One ${what}` : `${number} ${what}s`
}

/** "a, b and c". */
export function listed(words) {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`
}
