/* The lines and tables that the sections of a plan are made of, and how many there is room for. */

import { address } from "../lib/data.js"

/** More than this do not fit on two pages, nor into one board meeting. */
export const ENOUGH = 3

/** How many lines of each sort there is room for, by the number of things proposed; the last goes for more. */
const ROOM = {
  reasons: [5, 3, 1, 1],
  signs: [4, 2, 1, 1],
  helps: [4, 2, 1, 1],
  builders: [2, 2, 1, 1],
  dissent: [4, 3, 1, 1],
}

/** How many lines of a sort there is room for on the screen; paper may take less, see ladder.js. */
export function room(sort, { items }) {
  return ROOM[sort][Math.min(items.length, ROOM[sort].length) - 1]
}

/**
 * A line of a plan.
 * @typedef {Object} Line
 * @property {string} text what it says, without marks
 * @property {string} [lead] the words at its start that are printed bold
 * @property {string} [basis] reported, inferred, suggested; "own" if the reader wrote it; none if it is put together from records
 * @property {any[]} [sources] citations
 * @property {string} [href] the full address of the page that says more
 * @property {boolean} [group] whether it is the title of the lines that follow
 * @property {number} [more] how many others it stands for: of a title, lines that its page has
 * @property {string} [brief] what paper may say in place of the text
 * @property {string} [sort] what sort of line it is, by which paper may leave it out
 */

/**
 * A table of a plan.
 * @typedef {Object} Table
 * @property {string[]} heads
 * @property {{cells: {text: string, href?: string, unknown?: boolean, missing?: boolean, brief?: string}[], sort?: string}[]} rows
 *   brief: what paper may say in place of the text
 * @property {number[]} widths of the columns, in hundredths
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
 * @param {number} [more] how many lines more its page has
 * @param {string} [sort] what sort of lines these are
 */
export function group({ title, url }, more = 0, sort = "") {
  return counting({ lead: title, group: true, href: address(url), sources: [] }, more, sort)
}

/** The same title with another number of lines that only its page has. */
export function counting(title, more, sort) {
  return { ...title, text: more ? `${title.lead} (${counted(more, `more ${sort}`)} on its page)` : title.lead, more }
}

/** `lines`, all of one sort. */
export function of(sort, lines) {
  return lines.map((line) => ({ ...line, sort }))
}

/** "1 reason", "4 reasons". */
export function counted(number, what) {
  return `${number} ${what}${number === 1 ? "" : "s"}`
}

/** "once", "twice", "4 times". */
export function times(number) {
  return { 1: "once", 2: "twice" }[number] ?? `${number} times`
}

/** "a, b and c", or with another word before the last. */
export function listed(words, word = "and") {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${word} ${words.at(-1)}`
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
