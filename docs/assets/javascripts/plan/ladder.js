/* What paper leaves out, so that two or three things fit on two pages.
 *
 * The ladder is a list of cuts, what matters least first. Each holds for the
 * rungs below it too, and says at its place where the rest is found. What the
 * reader has edited is never cut, and neither is what is asked of the board,
 * what speaks against it, the first step, the smallest try or its stop rule. */

import { moreWouldHelp } from "./conditions.js"
import { counted, counting, listed, plain } from "./lines.js"
import { number } from "./plan.js"

/** The cuts, each with what it does in words for readers. */
export const CUTS = [
  { says: "smaller type", make: (plan) => ({ ...plan, small: true }) },
  { says: "the timetable as text", make: (plan) => ({ ...plan, asText: true }) },
  { says: "no conditions that would only help", make: withoutHelp },
  { says: "only the first and the last steps of the timetable", make: (plan) => ({ ...plan, fewSteps: true }) },
  { says: "at most two sources for a line", make: (plan) => ({ ...unedited(plan, (own) => own.map((line) => ({ ...line, sources: line.sources.slice(0, 2) }))), fewSources: true }) },
  { says: "sources by their short names", make: (plan) => ({ ...plan, shortNames: true }) },
  { says: "how to find out only on the conditions’ pages", make: (plan) => tables(plan, "conditions", brief) },
  { says: "the public side only on the sector’s page", make: (plan) => fewer(plan, "public", 0, () => plain("How far cities and regions buy, regulate and own is on the sector’s page.")) },
  { says: "one sign each", make: (plan) => fewer(plan, "sign", 1) },
  { says: "one reason each", make: (plan) => fewer(plan, "reason", 1) },
  { says: "what we do not know ourselves by number", make: (plan) => said(plan, "ourselves") },
  { says: "open doubts and what else we lack by name", make: (plan) => said(said(plan, "doubt"), "besides") },
  { says: "one dissenting voice", make: (plan) => fewer(plan, "dissent", 1, (count) => plain(`${counted(count, "more dissenting voice")} on the pages of the lessons behind this.`)) },
  { says: "two of the conditions that decide", make: (plan) => tables(plan, "propose", brief) },
  { says: "open conditions by name", make: openByName },
  { says: "who plays which role only on the page of the sector or tool", make: (plan) => fewer(plan, "role", 0, () => plain("Who plays which role is on the page of the sector, or of the tool.")) },
  { says: "what the records say of each risk only on the conditions’ pages", make: (plan) => fewer(plan, "risk", 0, (count) => plain("What the records say is on the conditions’ pages.", { lead: counted(count, "risk") })) },
]

/**
 * The plan as it stands on a rung of the ladder.
 * @param {import("./plan.js").Plan} plan the whole one
 * @param {number} rung 0 leaves out nothing
 */
export function cut(plan, rung) {
  const copy = { ...plan, parts: plan.parts.map((part) => ({ ...part, own: part.own.map((line) => ({ ...line })) })) }
  const made = CUTS.slice(0, rung).reduce((found, { make }) => make(found), copy)
  const sources = number(made.parts, plan.cited)
  return { ...made, sources: made.shortNames ? sources.map((source) => ({ ...source, title: source.short })) : sources }
}

/* The lines of each section that the reader has not edited, changed by `make`. */
function unedited(plan, make) {
  return { ...plan, parts: plan.parts.map((part) => (part.changed ? part : { ...part, own: make(part.own) })) }
}

/* Of each sort of lines `keep` under each title. The title counts the others, or a line of its own says where they are. */
function fewer(plan, sort, keep, rest = null) {
  return unedited(plan, (own) => {
    const made = []
    let title = null
    let met = 0
    let gone = 0
    let at = -1
    for (const line of own) {
      if (line.group) [title, met] = [line, 0]
      met += line.sort === sort ? 1 : 0
      if (line.sort !== sort || met <= keep) made.push(line)
      else if (title) Object.assign(title, counting(title, title.more + 1, sort))
      else [gone, at] = [gone + 1, at < 0 ? made.length : at]
    }
    return gone && rest ? made.toSpliced(at, 0, rest(gone)) : made
  })
}

/* The lines of a sort in their short form. */
function said(plan, sort) {
  return unedited(plan, (own) => own.map((line) => (line.sort === sort ? brief(line) : line)))
}

function brief(found) {
  return { ...found, text: found.brief ?? found.text }
}

/* The table of a section with each cell changed by `make`. */
function tables(plan, id, make) {
  return changed(plan, id, ({ table, ...part }) => ({ ...part, table: table && { ...table, rows: table.rows.map((row) => ({ ...row, cells: row.cells.map(make) })) } }))
}

function changed(plan, id, make) {
  return { ...plan, parts: plan.parts.map((part) => (part.id === id ? make(part) : part)) }
}

function withoutHelp(plan) {
  return changed(plan, "conditions", (part) => {
    const gone = part.table?.rows.filter(({ sort }) => sort === "helps").length
    if (!gone) return part
    const rows = part.table.rows.filter(({ sort }) => sort !== "helps")
    const line = part.own.find(({ sort }) => sort === "more")
    const told = moreWouldHelp(gone + (line?.more ?? 0))
    if (part.changed) return { ...part, table: { ...part.table, rows, notes: [moreWouldHelp(gone).text] } }
    return { ...part, table: { ...part.table, rows }, own: line ? part.own.map((each) => (each === line ? told : each)) : [...part.own, told] }
  })
}

function openByName(plan) {
  return changed(plan, "conditions", (part) => {
    const open = part.table?.rows.filter(({ sort }) => sort === "open") ?? []
    if (open.length < 2) return part
    const note = `Must be in place too, and not answered yet: ${listed(open.map(({ cells: [{ text }] }) => `“${text}”`))}.`
    return { ...part, table: { ...part.table, rows: part.table.rows.filter(({ sort }) => sort !== "open"), notes: [note, ...(part.table.notes ?? [])] } }
  })
}
