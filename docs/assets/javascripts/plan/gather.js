/* Everything a plan is made of, read from the handbook's data. */

import { read } from "../lib/data.js"
import * as shortlist from "../lib/shortlist.js"
import { choices } from "../fit/link.js"
import { answer, baseOf, reach } from "../fit/rule.js"
import { isDay } from "./dates.js"

const REFUSED = ["not-now", "do-not-transfer"]

/**
 * What the address chooses, with the records behind it.
 * @param {{values: Map<string, string[]>}} state as lib/state.js reads it
 * @returns {Promise<Object>} items (the shortlist), sector, event, answers, and what the sections need; notes say what was left out and why
 */
export async function gather(state) {
  const [chosen, vocabulary, standing, fit, conditions] = await Promise.all([
    shortlist.records(), read("vocabulary.json"), read("standing.json"), read("fit.json"), read("conditions.json"),
  ])
  const { answers, sector, notes } = choices({ values: state.values, anchor: "" }, fit)
  const days = state.values.get("date") ?? []
  const event = days.find(isDay) ?? null
  if (days.some((day) => !isDay(day))) notes.push("The day of the event in the link is not a day. Enter it below.")
  const items = inOrder(chosen)
  const base = baseOf(fit)
  const verdicts = verdictsOn(items, base, answers, sector)
  // Nothing is said about whether it fits before the reader has answered anything, but where it does not apply.
  const refused = items.filter(({ id }) => REFUSED.includes(verdicts.get(id)?.verdict) && (answers.size || verdicts.get(id).ruled_out))
  const proposed = items.filter((item) => !refused.includes(item))
  const [own, tools, dissenting, doubting] = await Promise.all([
    sector ? read(`sectors/${sector}.json`) : null, toolsFor(proposed), dissentOn(items), doubtsOn(items, answers, fit),
  ])
  return {
    items, proposed, refused, tools, dissenting, doubting, vocabulary, standing, answers, event, verdicts,
    uses: new Map(Object.entries(standing.uses)), conditions: byId(conditions), sectors: byId(fit.sectors), builders: buildersOf(base, answers, items, fit), sector: own, notes,
  }
}

function byId(records) {
  return new Map(records.map((record) => [record.id, record]))
}

/* Advice first, then the tools that put it into practice, then the lessons behind it. */
function inOrder(records) {
  return ["recommendation", "tool", "lesson"].flatMap((kind) => records.filter(({ record }) => record === kind))
}

/* What the fit check says about each recommendation, by its id. */
function verdictsOn(items, base, answers, sector) {
  const advice = items.filter(({ record, id }) => record === "recommendation" && base.advice.has(id))
  return new Map(advice.map(({ id }) => [id, answer(base, answers, id, sector)]))
}

/* The titles of what builds each condition and is within reach, as the fit check orders them. What is itself proposed builds nothing first. */
function buildersOf(base, answers, items, fit) {
  const circular = new Set(items.map(({ record, id, tools }) => (record === "recommendation" ? `tool.${tools?.[0]}` : `${record}.${id}`)))
  const found = [...base.builders].map(([condition]) => {
    const missing = new Map(answers).set(condition, "not")
    const able = reach(base, missing).get(condition)?.builders ?? []
    return [condition, able.filter(({ id }) => !circular.has(id)).map(({ id }) => fit.builders[id].title)]
  })
  return new Map(found)
}

/* The tools whose steps and roles are shown: those chosen, or else the first one behind each recommendation. */
async function toolsFor(items) {
  const tools = items.filter(({ record }) => record === "tool")
  if (tools.length) return tools
  const behind = items.filter(({ record }) => record === "recommendation").map(({ tools: [first] = [] }) => first)
  return Promise.all([...new Set(behind.filter(Boolean))].map((id) => read(`tools/${id}.json`)))
}

/* The lessons chosen, or behind what is chosen, that report dissent. */
async function dissentOn(items) {
  const ids = items.flatMap(({ record, id, dissent, computed }) => (record === "lesson" ? (dissent ? [id] : []) : computed?.dissenting ?? []))
  return lessons(ids)
}

/* The lessons that leave open how to get what the reader lacks for what is chosen. */
async function doubtsOn(items, answers, fit) {
  const named = new Set(items.flatMap(({ requires = [] }) => requires.map(({ condition }) => condition)))
  const lacking = fit.conditions.filter(({ id }) => answers.get(id) === "not" && named.has(id)).map(({ id, builders }) => [id, builders.map((builder) => builder.id)])
  const building = lacking.flatMap(([condition, builders]) => builders.filter((id) => id.startsWith("lesson.")).map((id) => [condition, id.slice(7)]))
  const found = byId(await lessons(building.map(([, id]) => id)))
  const tools = new Set(items.flatMap((item) => (item.record === "tool" ? [item.id] : item.tools ?? [])))
  const open = ({ kind, tools: behind }) => kind === "open" && behind?.some((tool) => tools.has(tool))
  return building.map(([condition, id]) => ({ condition, lesson: found.get(id) })).filter(({ lesson }) => open(lesson))
}

function lessons(ids) {
  return Promise.all([...new Set(ids)].map((id) => read(`lessons/${id}.json`)))
}
