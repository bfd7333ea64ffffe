/* What paper leaves out, so that two or three things fit on two pages.
 *
 * The ladder is a list of cuts, what matters least first. Each holds for the
 * rungs below it too, and says at its place where the rest is found. What the
 * reader has edited is never cut, and neither is what is asked of the board,
 * what speaks against it, the first step, the smallest try or its stop rule. */

import { counted, listed, plain } from "./lines.js"
import { number } from "./plan.js"

/** The cuts, each with what it does in words for readers. */
export const CUTS = [
  { says: "smaller type", make: (plan) => ({ ...plan, small: true }) },
  { says: "sources by their short names", make: (plan) => ({ ...plan, shortNames: true }) },
  { says: "of the timetable the first and the last steps", make: (plan) => ({ ...plan, fewSteps: true }) },
  { says: "how to find out only on the conditions’ pages", make: briefTables },
  { says: "no conditions that would only help", make: (plan) => rows(plan, "helps", (titles) => `${counted(titles.length, "more condition")} would help and can be done without; see the pages of what is proposed.`) },
  { says: "the public side only on the sector’s page", make: (plan) => lines(plan, "public", 0, () => plain("How far cities and regions buy, regulate and own is on the sector’s page.")) },
  { says: "one sign each", make: (plan) => lines(plan, "sign", 1) },
  { says: "one reason each", make: (plan) => lines(plan, "reason", 1) },
  { says: "open conditions by name only", make: (plan) => rows(plan, "open", (titles) => `Must be in place too, and not answered yet: ${listed(titles.map((title) => `“${title}”`))}.`) },
  { says: "open doubts and what else we lack by name only", make: briefLines },
  { says: "one dissenting voice", make: (plan) => lines(plan, "dissent", 1, (count) => plain(`${counted(count, "more dissenting voice")} on the pages of the lessons behind this.`)) },
  { says: "what the records say of each risk only on the conditions’ pages", make: (plan) => lines(plan, "risk", 0, (count) => plain(`What the records say of ${count === 1 ? "it" : "them"} is on the pages of the conditions.`, { lead: counted(count, "risk") })) },
]

/**
 * The plan as it stands on a rung of the ladder.
 * @param {import("./plan.js").Plan} plan the whole one
 * @param {number} rung 0 leaves out nothing
 * @param {Map<string, any>} records the handbook's sources
 */
export function cut(plan, rung, records) {
  const copy = { ...plan, parts: plan.parts.map((part) => ({ ...part, own: part.own.map((line) => ({ ...line })) })) }
  const made = CUTS.slice(0, rung).reduce((found, { make }) => make(found), copy)
  const sources = number(made.parts, records)
  return { ...made, sources: made.shortNames ? sources.map((source) => ({ ...source, title: source.short })) : sources }
}

/* Of each sort of lines `keep` under each title. The title counts the others, or a line of its own says where they are. */
function lines(plan, sort, keep, rest = null) {
  return { ...plan, parts: plan.parts.map((part) => (part.changed ? part : { ...part, own: fewer(part.own, sort, keep, rest) })) }
}

function fewer(own, sort, keep, rest) {
  const made = []
  let title = null
  let met = 0
  let gone = 0
  let at = -1
  for (const line of own) {
    if (line.group) [title, met] = [line, 0]
    met += line.sort === sort ? 1 : 0
    if (line.sort !== sort || met <= keep) made.push(line)
    else if (title) count(title)
    else [gone, at] = [gone + 1, at < 0 ? made.length : at]
  }
  return gone && rest ? made.toSpliced(at, 0, rest(gone)) : made
}

function count(title) {
  title.more += 1
  title.text = `${title.lead} (${title.more} more on its page)`
}

/* A table without the rows of a sort; a note below it names or counts them. */
function rows(plan, sort, rest) {
  return tables(plan, (table) => {
    const gone = table.rows.filter((row) => row.sort === sort)
    if (!gone.length) return table
    return { ...table, rows: table.rows.filter((row) => row.sort !== sort), notes: [...(table.notes ?? []), rest(gone.map(({ cells: [{ text }] }) => text))] }
  })
}

function briefTables(plan) {
  return tables(plan, (table) => ({ ...table, rows: table.rows.map((row) => ({ ...row, cells: row.cells.map((cell) => ({ ...cell, text: cell.brief ?? cell.text })) })) }))
}

function briefLines(plan) {
  return { ...plan, parts: plan.parts.map((part) => (part.changed ? part : { ...part, own: part.own.map((line) => ({ ...line, text: line.brief ?? line.text })) })) }
}

function tables(plan, make) {
  return { ...plan, parts: plan.parts.map((part) => (part.table ? { ...part, table: make(part.table) } : part)) }
}
