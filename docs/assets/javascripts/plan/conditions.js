/* What must be in place for what is proposed, and what to do about each condition. */

import { address } from "../lib/data.js"
import { claim, counted, listed, plain, room } from "./lines.js"

const HEADS = ["Condition", "How much depends on it", "Our answer", "What to do"]
const ANSWERS = { have: "have", can: "can get", not: "do not have", unknown: "do not know" }
const OPEN = ["not", "can"]
const URGENCY = ["not", "unknown", undefined, "can", "have"]

/** The section: what there is to do as a table, what is there and what is missed in lines. */
export function conditions(material) {
  const wanted = requirements(material)
  if (!wanted.length) return { lines: [plain("The handbook names no condition for what is proposed here."), ...besides(wanted, material)] }
  // What the reader lacks or has to get is shown whatever depends on it; of the rest, what can be done without may be left out.
  const there = wanted.filter((row) => material.answers.get(row.condition) === "have")
  const sure = wanted.filter((row) => there.includes(row) || row.strength === "must" || OPEN.includes(material.answers.get(row.condition)))
  const helps = wanted.filter((row) => !sure.includes(row)).slice(0, room("helps", material))
  const left = wanted.length - sure.length - helps.length
  const rows = wanted.filter((row) => !there.includes(row) && (sure.includes(row) || helps.includes(row)))
  return {
    lines: [
      ...risks(wanted, material),
      ...(there.length ? [plain(`${named(there, material)}.`, { lead: "We have" })] : []),
      ...(material.answers.size ? [] : [plain("Nothing is answered yet. Answer the questions before the board asks them.", { href: "fit-check/" })]),
      ...(left ? [moreWouldHelp(left)] : []),
      ...besides(wanted, material),
    ],
    table: rows.length ? { heads: HEADS, rows: rows.map((row) => rowOf(row, material)), widths: [28, 13, 12, 47] } : undefined,
  }
}

/** The line on conditions that only help and are not shown. */
export function moreWouldHelp(count) {
  return { ...plain(`${counted(count, "more condition")} would help and can be done without; see the pages of what is proposed.`), sort: "more", more: count }
}

function named(rows, { conditions: known }) {
  return listed(rows.map(({ condition }) => `“${known.get(condition).title}”`))
}

/* Each condition once. What must be in place for one thing must be in place, and stands first; then what is missing. */
function requirements({ items, answers }) {
  const strengths = new Map()
  for (const { condition, strength } of items.flatMap(({ requires = [] }) => requires)) {
    if (strengths.get(condition) !== "must") strengths.set(condition, strength)
  }
  const helps = ({ strength }) => Number(strength !== "must")
  const urgency = ({ condition }) => URGENCY.indexOf(answers.get(condition))
  return [...strengths].map(([condition, strength]) => ({ condition, strength }))
    .sort((one, other) => helps(one) - helps(other) || urgency(one) - urgency(other))
}

/* What the record says of a condition that would help and that the reader does not have. */
function risks(wanted, { answers, conditions: known }) {
  return wanted.filter(({ condition, strength }) => answers.get(condition) === "not" && strength !== "must")
    .map(({ condition }) => ({ ...claim(known.get(condition).because, `Risk: we do not have “${known.get(condition).title}”`), sort: "risk" }))
}

/* What the reader lacks besides. Nothing chosen needs it, so it is no task. */
function besides(wanted, { answers, conditions: known, builders }) {
  const others = [...answers].filter(([id, level]) => level === "not" && !wanted.some(({ condition }) => condition === id)).map(([id]) => id)
  if (!others.length) return []
  const titles = others.map((id) => `“${known.get(id).title}”`)
  const each = others.map((id, at) => `${titles[at]}${builders.get(id)?.length ? ` (see “${builders.get(id)[0]}”)` : ""}`)
  const line = (names) => plain(`${listed(names)}. Nothing chosen names ${others.length > 1 ? "them" : "it"}.`, { lead: "We also said that we lack" })
  return [{ ...line(each), brief: line(titles).text, sort: "besides" }]
}

function rowOf({ condition: id, strength }, material) {
  const condition = material.conditions.get(id)
  const given = material.answers.get(id)
  return {
    cells: [
      { text: condition.title, href: address(condition.url) },
      { text: material.vocabulary.strength[strength].label },
      { text: given ? ANSWERS[given] : "not answered", unknown: !given || given === "unknown", missing: given === "not" && strength === "must" },
      strength === "must" ? toDo(condition, given, material) : ifWanted(condition, given, material),
    ],
    sort: strength === "must" || OPEN.includes(given) ? (given ? "given" : "open") : "helps",
  }
}

/* What to do about a condition that must be in place. */
function toDo(condition, given, material) {
  if (!given || given === "unknown") return { text: `Find out: ${condition.find_out}`, brief: "Find out; the condition’s page says how." }
  const all = material.builders.get(condition.id) ?? []
  if (!all.length && given === "can") return { text: `Get it. ${condition.given ?? "Nothing in the handbook that is within reach helps."}` }
  if (!all.length) return { text: condition.given ?? "Nothing in the handbook that is within reach builds it." }
  return { text: `${given === "can" ? "Get it; this helps:" : "Build it first with"} ${some(all, material)}.` }
}

/* What only helps is never a task that comes first. */
function ifWanted(condition, given, material) {
  const all = material.builders.get(condition.id) ?? []
  const see = OPEN.includes(given) && all.length ? ` See ${some(all, material)}.` : ""
  return { text: `Would help; not needed to start.${see}` }
}

function some(all, material) {
  const names = all.slice(0, room("builders", material)).map((title) => `“${title}”`)
  return `${names.join(" or ")}${all.length > names.length ? `; the condition’s page names ${all.length - names.length} more` : ""}`
}
