/* The latest date for each step of the tools, counted back from the day of the event. */

import { addWeeks, spelled, withWeekday } from "./dates.js"
import { counted, grouped, listed } from "./lines.js"

/** The longest lead time that can be entered, as in the handbook's own data. */
export const MOST_WEEKS = 104

const CHANGE = /^([a-z0-9-]+)\.([a-z0-9-]+)\.(\d{1,3})$/

/**
 * One step of a tool.
 * @typedef {Object} Step
 * @property {string} key tool.step, which changed lead times are kept under
 * @property {string} tool the tool's id
 * @property {string} title the tool's title
 * @property {string} name
 * @property {string} role the role's tag
 * @property {string} phase the phase's tag
 * @property {{text: string, basis: string, sources: any[]}} does
 * @property {number|null} onRecord weeks before the event in the handbook; null if none is on record
 * @property {number|null} weeks the same, or what the reader has put in its place
 * @property {string|null} date the latest day; null if there is no lead time or no event
 * @property {boolean} passed whether that day is over
 * @property {string|null} move the first day to which the event could be moved for this step, if it is too late
 */

/**
 * Every step of the tools, the earliest first; those without a lead time stand where their phase puts them.
 * @param {any[]} tools records of tools
 * @param {string|null} event the day of the event
 * @param {Map<string, number>} changed weeks by the step's key
 * @param {string} now today
 * @returns {Step[]}
 */
export function schedule(tools, event, changed, now) {
  const steps = tools.flatMap((tool) => tool.steps.map((step) => dated(tool, step, event, changed, now)))
  const order = { before: 0, during: 1, after: 2 }
  // Sorting keeps the order of what is alike, so steps of a phase stay in their tool's order.
  return steps.sort((one, other) => order[one.phase] - order[other.phase] || rank(other) - rank(one))
}

function rank(step) {
  return step.weeks ?? (step.phase === "before" ? -1 : 0)
}

function dated(tool, step, event, changed, now) {
  const key = `${tool.id}.${slug(step.name)}`
  const onRecord = step.weeks_before ?? null
  const weeks = changed.get(key) ?? onRecord
  // What happens on the day happens on the day; that is what its phase says, and no lead time.
  const back = weeks ?? (step.phase === "during" ? 0 : null)
  const date = event && back !== null ? addWeeks(event, -back) : null
  const passed = date !== null && date < now
  return {
    key, tool: tool.id, title: tool.title, name: step.name, role: step.role ?? "matchmaker", phase: step.phase, does: step.do,
    onRecord, weeks, date, passed, move: passed ? addWeeks(now, back) : null,
  }
}

/**
 * The tools that take place on the day of the event.
 *
 * Without a choice it is the one that is itself proposed, or else the first
 * behind the first proposal; nothing else gets dates that nobody has asked for.
 * One day cannot be the day of all: of several it is the longest preparation, and the most steps if two are as long.
 * @param {string[]} chosen ids of tools, as the address carries them
 * @param {{tools: any[], proposed: any[]}} material
 * @returns {{held: any[], apart: any[], behind: any, open: boolean, notes: string[]}} behind: the proposal that may lead
 *   to the tool, if nobody has said that it will; open: whether no tool is held without a choice; notes say what was left out and why
 */
export function onDay(chosen, { tools, proposed }) {
  const named = tools.filter(({ id }) => chosen.includes(id))
  const meant = tools.filter((tool) => proposed.some((item) => means(item, tool)))
  const [first] = proposed
  const preset = meant.length ? longest(meant) : tools.filter(({ id }) => first?.tools?.[0] === id)
  const held = named.length ? named : preset
  const strange = chosen.filter((id) => !tools.some((tool) => tool.id === id))
  return {
    held, apart: tools.filter((tool) => !held.includes(tool)), open: !preset.length,
    behind: held.length && !named.length && !meant.length ? first : null,
    notes: strange.length ? ["The link puts a tool on the day of the event that is not in this plan. It was left out."] : [],
  }
}

/* Whether to propose `item` is to propose the tool: it is the tool, or it names it in its own title. */
function means({ record, id, title, tools = [] }, tool) {
  if (record === "tool") return id === tool.id
  return tools.includes(tool.id) && title.toLowerCase().includes(tool.title.toLowerCase())
}

function longest(tools) {
  return tools.toSorted((one, other) => preparation(other) - preparation(one) || other.steps.length - one.steps.length).slice(0, 1)
}

function preparation({ steps }) {
  return Math.max(0, ...steps.map((step) => step.weeks_before ?? 0))
}

function names(tools, word = "and") {
  return listed(tools.map(({ title }) => `“${title}”`), word)
}

/** Whose day it is, in words, if that needs saying. */
export function aboutDay({ held, apart, chosen, behind }) {
  if (!held.length) return ""
  if (behind) return `No tool is proposed here. If we go on to ${names(held)}, the first tool behind “${behind.title}”, these are its steps.`
  if (!apart.length) return chosen ? "" : `Steps of ${names(held)}.`
  return `The day is that of ${names(held)}. Not counted back from it: ${names(apart)}.${chosen ? "" : " Each is the first tool behind a recommendation."}`
}

/** Why there is no timetable, in words. */
export function noSteps({ against, apart }) {
  if (against) return "The fit check speaks against what was chosen, so it gets no dates."
  if (!apart.length) return "What was chosen has no steps on record."
  return `Nothing proposed here takes place on a day, so there are no dates. If we go on to ${names(apart, "or")}, the page of that tool says what must be done by when.`
}

/** How many dates have passed and what would help, in words; the empty text if none has. */
export function aboutLate({ steps, earliest: first }) {
  const late = steps.filter(({ passed }) => passed).length
  return late ? `${late === 1 ? "One date has" : `${late} dates have`} passed. To keep every lead time, hold the event on ${withWeekday(first)} or later.` : ""
}

/**
 * The timetable as a paragraph for each tool, because a table of all steps takes half a page. Steps whose date has passed are only counted.
 * @param {import("./plan.js").Plan} plan with `fewSteps` if only the first steps, the last before the day and those of the day are wanted
 * @returns {{title: string, text: string}[]}
 */
export function runsOf({ steps, event, fewSteps }) {
  const ahead = steps.filter(({ passed }) => !passed)
  return [...grouped(ahead, ({ title }) => title)].map(([title, all]) => {
    const own = fewSteps ? few(all) : all
    const days = [...grouped(own, (step) => time(step, event))].map(([when, found]) => `${when}: ${found.map(({ name }) => name).join(", ")}`)
    const left = all.length - own.length
    return { title, text: `${days.join("; ")}.${left ? ` ${counted(left, "more step")} on the tool’s page${event ? " and in the calendar file" : ""}.` : ""}` }
  })
}

function few(steps) {
  const before = steps.filter(({ phase }) => phase === "before")
  const kept = [...before.slice(0, 2), ...before.slice(2).slice(-1), ...steps.filter(({ phase }) => phase === "during")]
  return kept.length ? kept : steps.slice(0, 1)
}

function time(step, event) {
  if (step.phase === "during" && !step.weeks) return event ? `On the day, ${spelled(event)}` : "on the day"
  if (step.date) return spelled(step.date)
  return step.weeks === null ? told(step) : `${step.weeks} week${step.weeks === 1 ? "" : "s"} before`
}

/**
 * The timetable as the heads and rows of a table, and the widths of its columns in hundredths; no column for dates without a day to count from.
 * @returns {[string[], string[][], number[]]}
 */
export function timesOf({ steps: found, event }) {
  const heads = ["Step", "Tool", "Weeks before", "Latest date"]
  const rows = found.map((step) => [step.name, step.title, told(step), dateOf(step)])
  return event ? [heads, rows, [30, 22, 18, 30]] : [heads.slice(0, 3), rows.map((row) => row.slice(0, 3)), [45, 30, 25]]
}

/* The latest date of a step in words, with what to do if it has passed. */
function dateOf({ date, passed, move }) {
  if (!date) return "no date"
  return passed ? `${withWeekday(date)}. This date has passed: move the event to ${withWeekday(move)} or later, or skip.` : withWeekday(date)
}

/** What is known of a step's lead time, in words. */
export function told({ weeks, phase }) {
  if (weeks !== null) return String(weeks)
  return { before: "no lead time on record", during: "on the day", after: "afterwards; no time on record" }[phase]
}

/** A step's name as a key. */
export function slug(name) {
  return name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "") || "step"
}

/** The first day on which the event can be held with no step too late, or null if none is. */
export function earliest(steps) {
  return steps.map((step) => step.move).filter(Boolean).sort().at(-1) ?? null
}

/**
 * Changed lead times as the address carries them.
 * @param {string[]} values such as "living-lab.word-the-need.14"
 * @param {any[]} tools records of tools
 * @returns {{changed: Map<string, number>, notes: string[]}} notes say what was left out and why
 */
export function changes(values, tools) {
  const known = new Set(tools.flatMap((tool) => tool.steps.map((step) => `${tool.id}.${slug(step.name)}`)))
  const changed = new Map()
  let damaged = 0
  let strange = 0
  for (const value of values) {
    const [, tool, step, weeks] = CHANGE.exec(value) ?? []
    if (!tool || Number(weeks) > MOST_WEEKS) damaged += 1
    else if (!known.has(`${tool}.${step}`)) strange += 1
    else changed.set(`${tool}.${step}`, Number(weeks))
  }
  const notes = []
  if (damaged) notes.push("A changed lead time in the link is damaged. The one on record is used.")
  if (strange) notes.push("The link changes the lead time of a step that is not in this plan. It was left out.")
  return { changed, notes }
}

/** Changed lead times in the form of {@link changes}. */
export function written(changed) {
  return [...changed].map(([key, weeks]) => `${key}.${weeks}`)
}
