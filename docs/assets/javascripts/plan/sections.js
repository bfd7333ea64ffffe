/* What the handbook says in each section of a plan: records in, lines out. */

import { address } from "../lib/data.js"
import { claim, counted, group, listed, plain, times } from "./lines.js"

/** More than this do not fit on two pages, nor into one board meeting. */
export const ENOUGH = 3

/** How many lines of each sort there is room for, by the number of things proposed; the last goes for more. */
const ROOM = {
  reasons: [5, 3, 2, 1],
  signs: [4, 3, 2, 1],
  helps: [4, 2, 1, 1],
  builders: [2, 2, 2, 1],
  dissent: [4, 3, 2, 2],
}

const ANSWERS = { have: "have", can: "can get", not: "do not have", unknown: "do not know" }
const URGENCY = ["not", "unknown", undefined, "can", "have"]

function room(sort, material) {
  return ROOM[sort][Math.min(material.items.length, ROOM[sort].length) - 1]
}

/**
 * The sections, by their ids in the page.
 * @param {Object} material see gather.js
 * @returns {Object<string, {lines: import("./lines.js").Line[], table?: {heads: string[], rows: Object[][]}}>}
 */
export function sections(material) {
  return {
    propose: { lines: material.items.map((item) => ({ ...plain(item.summary, { lead: item.title }), href: address(item.url) })) },
    why: { lines: perItem(material, reasons) },
    conditions: conditions(material),
    who: { lines: [...roles(material), ...publicSide(material)] },
    first: { lines: firstSteps(material) },
    try: { lines: perItem(material, smallTry) },
    signs: { lines: perItem(material, signs) },
    unknown: { lines: unknown(material) },
    dissent: { lines: dissent(material) },
  }
}

/* What `make` says of each thing proposed, under its title; what there is no room for is counted beside the title. */
function perItem(material, make) {
  return material.items.flatMap((item) => {
    const { lines, more = 0 } = make(item, material)
    return lines.length ? [group(item, more ? `${more} more on its page` : ""), ...lines] : []
  })
}

/* As many lines as there is room for, and how many more there are. */
function cut(lines, space) {
  return { lines: lines.slice(0, space), more: Math.max(0, lines.length - space) }
}

// ── why ────────────────────────────────────────────────────────────────────

function reasons(item, material) {
  if (item.record === "lesson") return lessonReasons(item, material)
  const given = item.record === "recommendation" ? item.because : item.use_when.map((found) => ({ ...found, text: `Use it when: ${found.text}` }))
  const { lines, more } = cut(given.map((found) => claim(found)), room("reasons", material))
  return { lines: [...lines, ...state(item, material), ...elsewhere(item, material)], more }
}

function lessonReasons(item, { vocabulary }) {
  const { breadth, kind, "outcome-known": outcome, dependence } = vocabulary
  const words = [breadth[item.breadth].label, kind[item.kind].label, outcome[item.outcome_known].label]
  return {
    lines: [
      { ...plain(`${words.join("; ")}.`, { lead: "How widely it was reported, whether it worked, what came of it" }), basis: "reported", sources: item.sources },
      claim({ text: item.sector_dependence.why, basis: "inferred", sources: [] }, dependence[item.sector_dependence.level].label),
    ],
  }
}

function state(item, { sector, standing, vocabulary, uses }) {
  if (item.record === "tool") return []
  if (!sector) return [plain("No sector is chosen, so nothing is said about it here.", { lead: "In our sector" })]
  const found = standing.recommendations[item.id].sectors[sector.id]
  const lead = `In ${sector.title}`
  const ruledOut = (item.does_not_apply ?? []).find((each) => each.sector === sector.id)
  if (ruledOut && found.state === "does-not-apply") return [claim(ruledOut.why, `${lead} it does not apply`)]
  const { label, description } = vocabulary.state[found.state]
  const line = { ...plain(`${label}. ${description}`, { lead }), basis: found.sources.length ? "reported" : undefined, sources: found.sources }
  const tried = found.uses.map((id) => useLine(uses.get(id), vocabulary))
  return tried.length ? [line, ...tried] : [{ ...line, text: `${line.text} Nobody is on record as having tried it there.` }]
}

function useLine(use, { outcome, judge }) {
  const said = use.judged_by === "nobody" ? "nobody says how it went" : `so say: ${judge[use.judged_by].label.toLowerCase()}`
  return {
    ...plain(`${use.title}, ${use.place}, ${use.when.slice(0, 4)}: ${outcome[use.outcome].label.toLowerCase()} (${said}).`, { lead: "Tried", href: use.url }),
    basis: "reported", sources: use.sources,
  }
}

/* What is on record in other sectors, the reader's own apart; the home sector's uses are only counted. */
function elsewhere(item, material) {
  const { standing, uses, sector, sectors, vocabulary } = material
  const all = standing[`${item.record}s`][item.id].uses.map((id) => uses.get(id))
  const others = item.record === "tool" ? all : all.filter((use) => use.sector !== sector?.id)
  if (!all.length) return [plain("No use of it is on record in any sector.", { lead: "Tried" })]
  if (!others.length) return []
  const bySector = grouped(others)
  const away = [...bySector].filter(([id]) => !sectors.get(id).home)
  const counts = [...bySector].map(([id, found]) => `${times(found.length)} in ${sectors.get(id).title} (${outcomes(found, vocabulary)})`)
  const nobody = item.record === "tool" && sector && !bySector.has(sector.id) ? ` Nobody is on record as having tried it in ${sector.title}.` : ""
  return [{
    ...plain(`${listed(counts)}.${nobody}`, { lead: "On record" }),
    basis: "reported", sources: away.flatMap(([, found]) => found.flatMap((use) => use.sources)),
  }]
}

function grouped(uses) {
  const found = new Map()
  for (const use of uses) found.set(use.sector, [...(found.get(use.sector) ?? []), use])
  return found
}

function outcomes(uses, { outcome }) {
  const found = Object.keys(outcome).map((tag) => [tag, uses.filter((use) => use.outcome === tag).length])
  return found.filter(([, count]) => count).map(([tag, count]) => `${count} ${outcome[tag].label.toLowerCase()}`).join(", ")
}

// ── what must be in place ──────────────────────────────────────────────────

function conditions(material) {
  const wanted = requirements(material)
  if (!wanted.length) return { lines: [plain("The handbook names no condition for what is proposed here.")] }
  const must = wanted.filter(({ strength }) => strength === "must")
  const helps = wanted.filter(({ strength }) => strength !== "must")
  const shown = [...must, ...helps.slice(0, room("helps", material))]
  const left = wanted.length - shown.length
  return {
    lines: [
      ...verdicts(material),
      ...(material.answers.size ? [] : [plain("Nothing is answered yet. Answer the questions before the board asks them.", { href: "fit-check/" })]),
      ...(left ? [plain(`${counted(left, "more condition")} would help and can be done without; see the pages of what is proposed.`)] : []),
    ],
    table: {
      heads: ["Condition", "How much depends on it", "Our answer", "What to do"],
      rows: shown.map((row) => conditionRow(row, material)),
    },
  }
}

/** Each condition once; what must be in place for one thing must be in place. Those that are missing first. */
function requirements({ items, answers }) {
  const strengths = new Map()
  for (const { condition, strength } of items.flatMap(({ requires = [] }) => requires)) {
    if (strengths.get(condition) !== "must") strengths.set(condition, strength)
  }
  const urgency = ({ condition }) => URGENCY.indexOf(answers.get(condition))
  return [...strengths].map(([condition, strength]) => ({ condition, strength })).sort((one, other) => urgency(one) - urgency(other))
}

function conditionRow({ condition: id, strength }, material) {
  const condition = material.conditions.get(id)
  const given = material.answers.get(id)
  return [
    { text: condition.title, href: address(condition.url) },
    { text: material.vocabulary.strength[strength].label },
    { text: given ? ANSWERS[given] : "not answered", unknown: !given || given === "unknown", missing: given === "not" },
    { text: toDo(condition, given, material) },
  ]
}

function toDo(condition, given, material) {
  if (given === "have") return "Nothing."
  if (!given) return "Find out."
  if (given === "unknown") return `Find out: ${condition.find_out}`
  const all = material.builders.get(condition.id) ?? []
  if (!all.length) return condition.given ?? "Nothing in the handbook builds it."
  const names = all.slice(0, room("builders", material)).map((title) => `“${title}”`)
  const more = all.length > names.length ? `; ${all.length - names.length} more on the condition’s page` : ""
  return `${given === "can" ? "Get it; this helps" : "Build it first with"} ${names.join(" or ")}${more}.`
}

function verdicts({ items, answers, verdicts: found, conditions: known, vocabulary }) {
  if (!answers.size) return []
  return items.filter(({ id }) => found.has(id)).map((item) => {
    const { verdict, decides, ruled_out: ruledOut } = found.get(item.id)
    const why = ruledOut ? "It does not apply in our sector." : `What decides: ${listed(decides.map((id) => `“${known.get(id).title}”`))}.`
    return plain(`${vocabulary.fit[verdict].label}. ${why}`, { lead: `Fit check of “${item.title}”` })
  })
}

// ── who ────────────────────────────────────────────────────────────────────

function roles({ sector, tools: [tool], vocabulary }) {
  const found = sector ? sector.roles.map(({ role, who }) => [role, who]) : (tool?.roles ?? []).map(({ role, does }) => [role, does])
  const lines = found.map(([role, said]) => claim(said, vocabulary.role[role].label))
  return lines.length ? lines : [plain("Choose a sector or a tool; then the roles stand here.")]
}

function publicSide({ sector, vocabulary }) {
  const parts = sector?.public_side ?? []
  return parts.map(({ part, how_far: far, what }) =>
    claim(what, `Cities and regions as ${vocabulary["public-part"][part].label.toLowerCase()}, ${vocabulary.extent[far].label.toLowerCase()}`))
}

// ── first step, small try, signs ───────────────────────────────────────────

function firstSteps({ items, tools, sector }) {
  const advice = items.filter(({ record }) => record === "recommendation")
  if (advice.length) return advice.map((item) => claim(item.first_step, advice.length > 1 ? item.title : ""))
  if (tools.length) return tools.map(({ title, steps: [step] }) => claim(step.do, `${title}, ${step.name.toLowerCase()}`))
  return sector ? [claim(sector.monday, `In ${sector.title}`)] : [plain("Choose a sector; then its first step stands here.")]
}

function smallTry(item, { tools }) {
  if (item.record === "recommendation") return { lines: [claim(item.small_try.what, "Try"), claim(item.small_try.stop, "When to stop")] }
  if (item.record === "tool") {
    const { what, people, time, money, basis, sources = [] } = item.effort.try
    const text = `${what} People: ${people} Time: ${time} Money: ${money}${money === "unknown" ? "." : ""}`
    return { lines: [claim({ text, basis, sources }, "Try"), plain("No rule is on record. Write your own before you begin.", { lead: "When to stop" })] }
  }
  return { lines: tools.length ? [] : [plain("No smallest try is on record for a lesson. Choose a recommendation or a tool that puts it into practice.")] }
}

function signs(item, material) {
  if (item.record === "lesson") return { lines: [] }
  const found = item.record === "tool" ? item.not_when.map((each) => claim(each, "Leave it when")) : item.misfit_signs.map((each) => claim(each))
  return cut(found, room("signs", material))
}

// ── unknown, dissent ───────────────────────────────────────────────────────

function unknown(material) {
  const { items, answers, conditions: known, gaps } = material
  const unanswered = [...answers].filter(([, level]) => level === "unknown").map(([id]) => known.get(id).title)
  return [
    ...notTried(material),
    ...items.flatMap((item) => noOutcome(item, material)),
    ...items.filter(({ record }) => record === "tool").flatMap(noPrice),
    ...(unanswered.length ? [plain(`${listed(unanswered.map((title) => `“${title}”`))}.`, { lead: "We do not know ourselves" })] : []),
    plain(`The handbook lists ${counted(gaps.size, "question")} that its editors looked into and could not answer.`, { href: "about/conflicts/" }),
  ]
}

function notTried({ items, sector, standing, uses }) {
  const tried = (item) => standing[`${item.record}s`][item.id].uses.some((id) => uses.get(id).sector === sector.id)
  const names = sector ? items.filter((item) => item.record !== "lesson" && !tried(item)).map(({ title }) => `“${title}”`) : []
  return names.length ? [plain(`Whether it works in ${sector.title}. Nobody is on record there as having tried ${names.join(" or ")}.`)] : []
}

function noOutcome(item, { standing, uses, vocabulary }) {
  if (item.record === "lesson") {
    return item.outcome_known === "yes" ? [] : [plain(vocabulary["outcome-known"][item.outcome_known].description, { lead: item.title, href: item.url })]
  }
  const all = standing[`${item.record}s`][item.id].uses.map((id) => uses.get(id))
  const silent = all.filter((use) => use.outcome === "unknown").length
  return silent ? [plain(`What came of ${silent} of the ${all.length} uses on record.`, { lead: item.title, href: item.url })] : []
}

function noPrice(tool) {
  const sizes = ["try", "pilot", "full"].filter((size) => tool.effort[size].money === "unknown")
  if (!sizes.length) return []
  return [plain(sizes.length === 3 ? "What it costs, at any size." : `What it costs at the size “${sizes.join("” and “")}”.`, { lead: tool.title, href: tool.url })]
}

function dissent(material) {
  const { dissenting } = material
  if (!dissenting.length) return [plain("No source reports dissent on what is proposed here. That does not mean that there was none.")]
  const lines = dissenting.map((lesson) => ({ ...claim(lesson.dissent, lesson.title), href: address(lesson.url) }))
  const left = lines.length - room("dissent", material)
  return left > 0 ? [...lines.slice(0, -left), plain(`${counted(left, "more dissenting voice")} on the pages of the lessons behind this.`)] : lines
}
