/* Everything a plan is made of, read from the handbook's data. */

import { read } from "../lib/data.js"
import * as shortlist from "../lib/shortlist.js"
import { choices } from "../fit/link.js"
import { answer, baseOf } from "../fit/rule.js"
import { isDay } from "./dates.js"

/**
 * What the address chooses, with the records behind it.
 * @param {{values: Map<string, string[]>}} state as lib/state.js reads it
 * @returns {Promise<Object>} items (the shortlist), sector, event, answers, and what the sections need; notes say what was left out and why
 */
export async function gather(state) {
  const [chosen, vocabulary, standing, fit, ...lists] = await Promise.all([
    shortlist.records(), read("vocabulary.json"), read("standing.json"), read("fit.json"),
    ...["sectors", "conditions", "sources", "gaps"].map((name) => read(`${name}.json`)),
  ])
  const [sectors, conditions, sources, gaps] = lists.map((list) => new Map(list.map((record) => [record.id, record])))
  const { answers, sector, notes } = choices({ values: state.values, anchor: "" }, fit)
  const days = state.values.get("date") ?? []
  const event = days.find(isDay) ?? null
  if (days.some((day) => !isDay(day))) notes.push("The day of the event in the link is not a day. Enter it below.")
  const items = inOrder(chosen.records)
  const verdicts = verdictsOn(items, baseOf(fit), answers, sector)
  const [tools, dissenting, uses] = await Promise.all([toolsFor(items), dissentIn(items), usesOf(items, standing)])
  return {
    items, tools, dissenting, uses, sectors, conditions, sources, gaps, vocabulary, standing, answers, event, verdicts,
    builders: buildersOf(conditions, fit, verdicts), sector: sector ? sectors.get(sector) : null, notes: [...chosen.notes, ...notes],
  }
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

/* The titles of what builds each condition, first those that the fit check would begin with. */
function buildersOf(conditions, fit, verdicts) {
  const steps = [...verdicts.values()].flatMap((found) => found.steps)
  const all = new Map(fit.conditions.map(({ id, builders }) => [id, builders.map((builder) => builder.id)]))
  return new Map([...conditions.keys()].map((condition) => {
    const first = steps.find((step) => step.condition === condition)?.with ?? []
    return [condition, [...new Set([...first, ...(all.get(condition) ?? [])])].map((id) => fit.builders[id].title)]
  }))
}

/* The tools whose steps and roles are shown: those chosen, or else the first one behind each recommendation. */
async function toolsFor(items) {
  const tools = items.filter(({ record }) => record === "tool")
  if (tools.length) return tools
  const behind = items.filter(({ record }) => record === "recommendation").map(({ tools: [first] = [] }) => first)
  return Promise.all([...new Set(behind.filter(Boolean))].map((id) => read(`tools/${id}.json`)))
}

async function dissentIn(items) {
  const ids = items.flatMap((item) => (item.record === "lesson" ? [item.id] : item.lessons ?? []))
  const lessons = await Promise.all([...new Set(ids)].map((id) => read(`lessons/${id}.json`)))
  return lessons.filter(({ dissent }) => dissent)
}

async function usesOf(items, standing) {
  const ids = items.flatMap(({ record, id }) => standing[`${record}s`]?.[id]?.uses ?? [])
  const uses = await Promise.all([...new Set(ids)].map((id) => read(`uses/${id}.json`)))
  return new Map(uses.map((use) => [use.id, use]))
}
