/* What the reader writes into a plan, and how the address carries it.
 *
 * A section that the reader has changed is kept as its lines. A line that still
 * says what the handbook says is kept as a short sum of its text, so that it
 * keeps its sources and does not fill the link. */

import { isDay } from "./dates.js"

/** What can be written above the sections, with the most characters that each takes. */
export const FIELDS = { title: 120, org: 120, made: 10 }

const KEPT = /^=([0-9a-z]{1,7})$/
// Characters that no document may hold; halves of a pair are none either.
const NOT_TEXT = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u2028\u2029\uFFFE\uFFFF]|\p{Surrogate}/gu

/** `text` without what is no text, and with blanks in the place of tabs. */
export function clean(text) {
  return text.replace(/\r\n?/g, "\n").replace(/\t/g, " ").replace(NOT_TEXT, "")
}

/** A short sum of a text, the same for the same text (FNV-1a, 32 bits). It finds a line again; it protects nothing. */
export function sum(text) {
  let found = 0x811c9dc5
  for (const byte of new TextEncoder().encode(text)) found = Math.imul(found ^ byte, 0x01000193) >>> 0
  return found.toString(36)
}

function sumOf(lines) {
  return sum(lines.map(({ text }) => text).join("\n"))
}

/** The handbook's lines as the text that the reader edits. */
export function asText(lines) {
  return lines.map(({ text }) => text).join("\n")
}

/**
 * What the address carries of a section's text.
 * @param {string} text what the reader has written, a line each
 * @param {import("./lines.js").Line[]} lines the handbook's
 * @returns {string|null} null if the reader has changed nothing
 */
export function pack(text, lines) {
  const own = clean(text).split("\n").map((line) => line.trim()).filter(Boolean)
  if (own.join("\n") === asText(lines)) return null
  const sums = new Set(lines.map((line) => line.text))
  return [sumOf(lines), ...own.map((line) => (sums.has(line) ? `=${sum(line)}` : line.replace(/^=/, "==")))].join("\n")
}

/**
 * A section's lines as the reader wants them.
 * @param {string} packed what the address carries
 * @param {import("./lines.js").Line[]} lines the handbook's
 * @returns {{lines: import("./lines.js").Line[], outdated: boolean}} outdated: whether the handbook's lines have changed since
 */
export function unpack(packed, lines) {
  const [before, ...rows] = clean(packed).split("\n")
  const bySum = new Map(lines.map((line) => [sum(line.text), line]))
  const found = rows.map((row) => (KEPT.test(row) ? bySum.get(row.slice(1)) : { text: row.replace(/^==/, "="), basis: "own", sources: [] }))
  return { lines: found.filter((line) => line?.text), outdated: before !== sumOf(lines) }
}

/**
 * The reader's notes in the address.
 * @param {string[]} values such as "title:Our plan" or "why:1x2y3z\n=abc\nOwn words"
 * @param {string[]} sections the ids of the sections that can be edited
 * @returns {{fields: Map<string, string>, packed: Map<string, string>, notes: string[]}} notes say what was left out and why
 */
export function notesIn(values, sections) {
  const fields = new Map()
  const packed = new Map()
  let strange = 0
  for (const value of values) {
    const at = value.indexOf(":")
    const [name, text] = [value.slice(0, at), clean(value.slice(at + 1))]
    if (name === "made" && !isDay(text)) strange += 1
    else if (at > 0 && Object.hasOwn(FIELDS, name)) fields.set(name, text.replace(/\n/g, " ").slice(0, FIELDS[name]))
    else if (at > 0 && sections.includes(name)) packed.set(name, text)
    else strange += 1
  }
  return { fields, packed, notes: strange ? ["The link carries text for a part that a plan does not have. It was left out."] : [] }
}

/** Notes in the form of {@link notesIn}. */
export function written(fields, packed) {
  return [...fields, ...packed].filter(([, text]) => text).map(([name, text]) => `${name}:${text}`)
}
