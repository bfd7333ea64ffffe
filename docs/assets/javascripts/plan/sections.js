/* What the handbook says in each section of a plan: records in, lines out. */

import { address } from "../lib/data.js"
import { conditions } from "./conditions.js"
import { claim, counted, ENOUGH, group, grouped, listed, of, plain, room, times } from "./lines.js"

const PROPOSAL_HEADS = ["What", "Fit check", "Why", "Risk"]

/**
 * The sections, by their ids in the page.
 * @param {Object} material see gather.js
 * @returns {Object<string, {lines: import("./lines.js").Line[], table?: import("./lines.js").Table}>}
 */
export function sections(material) {
  return {
    propose: { lines: [...ask(material), ...material.items.map((item) => proposal(item, material))], table: inShort(material) },
    why: { lines: perProposed(material, reasons, "We do not think so; the fit check says why.") },
    conditions: conditions(material),
    who: { lines: [...of("role", roles(material)), ...of("public", publicSide(material))] },
    first: { lines: firstSteps(material) },
    try: { lines: perItem(material, smallTry) },
    signs: { lines: perProposed(material, signs, "Nothing is proposed, so there is nothing to watch.") },
    unknown: { lines: unknown(material) },
    dissent: { lines: dissent(material) },
  }
}

// ── what is proposed ───────────────────────────────────────────────────────

/* What the board is asked if the fit check speaks against something. */
function ask({ proposed, refused }) {
  if (!refused.length) return []
  if (proposed.length) return [plain("Decide only on what is not marked “not yet” or “we do not propose this”.", { lead: "We ask the board" })]
  return [plain("Do not decide on any of this now. Decide who gets what is missing, and until when; see “What must be in place?”.", { lead: "We ask the board" })]
}

function proposal(item, material) {
  const against = material.refused.includes(item)
  const lead = against ? `${material.verdicts.get(item.id).verdict === "not-now" ? "Not yet" : "We do not propose this"}: ${item.title}` : item.title
  return { ...plain(item.summary, { lead }), href: address(item.url) }
}

/* What the fit check says of all that is chosen, side by side; nothing if it says nothing yet. */
function inShort({ items, answers, verdicts, refused, conditions: known, vocabulary }) {
  const checked = (item) => verdicts.has(item.id) && (answers.size > 0 || refused.includes(item))
  if (!items.some(checked)) return undefined
  const named = (ids) => listed(ids.map((id) => `“${known.get(id).title}”`))
  const rows = items.map((item) => {
    const first = { text: item.title, href: address(item.url) }
    if (!checked(item)) return { cells: [first, { text: `made for recommendations, not for a ${item.record}`, unknown: true }, { text: "" }, { text: "" }] }
    const found = verdicts.get(item.id)
    const risk = found.risks.length ? { text: `We do not have ${named(found.risks)}.`, missing: true } : { text: "none that we named" }
    return { cells: [first, { text: vocabulary.fit[found.verdict].label, missing: true }, because(found, named), risk] }
  })
  return { heads: PROPOSAL_HEADS, rows, widths: [30, 12, 34, 24] }
}

function because({ verdict, decides, ruled_out: ruledOut }, named) {
  if (ruledOut) return { text: "It does not apply in our sector." }
  if (!decides.length) return { text: "Nothing must be in place first." }
  if (verdict === "go-ahead") return { text: `All that must be in place is there. Most depends on ${named(decides)}.` }
  const others = decides.length - 2
  return { text: `What decides: ${named(decides)}.`, brief: others > 0 ? `What decides: ${named(decides.slice(0, 2))}, and ${others} more.` : undefined }
}

/* What `make` says of each thing proposed, under its title; what there is no room for is counted beside the title. */
function perItem(material, make, items = material.items) {
  return items.flatMap((item) => {
    const { lines, more = 0, sort } = make(item, material)
    return lines.length ? [group(item, more, sort), ...lines] : []
  })
}

/* The same, of what the fit check does not speak against; `otherwise` if that is nothing. */
function perProposed(material, make, otherwise) {
  return material.proposed.length ? perItem(material, make, material.proposed) : [plain(otherwise)]
}

/* As many lines of a sort as there is room for, and how many more there are. */
function cut(sort, lines, space) {
  return { lines: of(sort, lines.slice(0, space)), more: Math.max(0, lines.length - space), sort }
}

// ── why ────────────────────────────────────────────────────────────────────

function reasons(item, material) {
  if (item.record === "lesson") return lessonReasons(item, material)
  const given = item.record === "recommendation" ? item.because : item.use_when.map((found) => ({ ...found, text: `Use it when: ${found.text}` }))
  const { lines, ...rest } = cut("reason", given.map((found) => claim(found)), room("reasons", material))
  return { lines: [...lines, ...of("state", state(item, material)), ...of("record", elsewhere(item, material))], ...rest }
}

function lessonReasons(item, { vocabulary }) {
  const { breadth, kind, "outcome-known": outcome, dependence } = vocabulary
  const words = [breadth[item.breadth].label, kind[item.kind].label, outcome[item.outcome_known].label]
  return {
    lines: [
      { ...plain(`${words.join("; ")}.`, { lead: "How widely it was reported, whether it worked, what came of it" }), basis: "reported", sources: item.sources },
      ...dependent(item.sector_dependence, dependence),
    ],
  }
}

function dependent(found, words) {
  if (!found) return [plain("Nobody has said yet whether it is tied to its sector.")]
  const sources = found.sources ?? []
  return [claim({ text: found.why, basis: sources.length ? "reported" : "inferred", sources }, words[found.level].label)]
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
  const there = found.uses.map((id) => uses.get(id))
  const tried = there.length > ENOUGH ? [useCount(item, there, vocabulary)] : there.map((use) => useLine(use, vocabulary))
  return tried.length ? [line, ...tried] : [{ ...line, text: `${line.text} Nobody is on record as having tried it there.` }]
}

/* More uses than a board reads one by one are counted by what came of them, the good and the bad alike. */
function useCount(item, found, vocabulary) {
  return { ...plain(`${times(found.length)} (${outcomes(found, vocabulary)}). Its page names each.`, { lead: "Tried there", href: item.url }), basis: "reported" }
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
  const { items, standing, uses, sector, sectors, vocabulary } = material
  const usesIn = ({ record, id }) => standing[`${record}s`]?.[id]?.uses ?? []
  const all = usesIn(item).map((id) => uses.get(id))
  // The same event can stand behind two things; it is no second proof.
  const told = new Set(items.slice(0, items.indexOf(item)).flatMap(usesIn))
  const others = item.record === "tool" ? all : all.filter((use) => use.sector !== sector?.id)
  if (!all.length) return [plain("No use of it is on record in any sector.", { lead: "Tried" })]
  if (!others.length) return []
  const bySector = grouped(others, (use) => use.sector)
  const away = [...bySector].filter(([id]) => !sectors.get(id).home)
  const counts = [...bySector].map(([id, found]) => `${times(found.length)} in ${sectors.get(id).title} (${[outcomes(found, vocabulary), again(found, told)].filter(Boolean).join("; ")})`)
  const nobody = item.record === "tool" && sector && !bySector.has(sector.id) ? ` Nobody is on record as having tried it in ${sector.title}.` : ""
  return [{
    ...plain(`${listed(counts)}.${nobody}`, { lead: "On record" }),
    basis: "reported", sources: away.flatMap(([, found]) => found.flatMap((use) => use.sources)),
  }]
}

function again(found, told) {
  const same = found.filter(({ id }) => told.has(id)).length
  if (!same) return ""
  if (same === found.length) return same === 1 ? "the same event as above" : "the same events as above"
  return `${same} of them named above too`
}

/* How often it came out how, with those who say so: a success that only its makers report is no more than that. */
function outcomes(uses, { outcome, judge }) {
  const counts = new Map()
  for (const use of uses) {
    const said = use.judged_by === "nobody" ? "" : `, according to ${judge[use.judged_by].label.toLowerCase()}`
    const words = `${outcome[use.outcome].label.toLowerCase()}${said}`
    counts.set(words, (counts.get(words) ?? 0) + 1)
  }
  return [...counts].map(([words, count]) => `${count} ${words}`).join("; ")
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

function firstSteps({ proposed, refused, tools, sector, verdicts, conditions: known, builders }) {
  const before = refused.flatMap(({ id }) => missing(verdicts.get(id))).filter((condition, at, all) => all.indexOf(condition) === at)
    .map((condition) => {
      const [first] = builders.get(condition) ?? []
      return plain(first ? `Begin with “${first}”.` : "Nothing within reach builds it. Name a person who asks for it, and leave the rest until it is there.", { lead: `Missing: ${known.get(condition).title}` })
    })
  const advice = proposed.filter(({ record }) => record === "recommendation")
  if (before.length) return [...before, ...advice.map((item) => claim(item.first_step, item.title))]
  if (refused.length && !proposed.length) return [plain("Nothing here applies in our sector, so there is no first step. Choose something else.")]
  if (advice.length) return advice.map((item) => claim(item.first_step, advice.length > 1 ? item.title : ""))
  if (tools.length) return tools.map(({ title, steps: [step] }) => claim(step.do, `${title}, ${step.name.toLowerCase()}`))
  return sector ? [claim(sector.monday, `In ${sector.title}`)] : [plain("Choose a sector; then its first step stands here.")]
}

/* What a verdict against something says is missing: what to build first, or else what decides. */
function missing({ steps, decides }) {
  const first = steps.find((step) => step.do === "build")
  return first ? [first.condition] : decides.slice(0, 1)
}

function smallTry(item, { tools, refused, verdicts }) {
  if (refused.includes(item) && verdicts.get(item.id).verdict === "do-not-transfer") return { lines: [plain("None. The fit check says: do not transfer it.")] }
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
  return cut("sign", found, room("signs", material))
}

// ── unknown, dissent ───────────────────────────────────────────────────────

function unknown(material) {
  const { items, answers, conditions: known } = material
  const unanswered = [...answers].filter(([, level]) => level === "unknown").map(([id]) => known.get(id).title)
  return [
    ...notTried(material),
    ...of("outcome", items.flatMap((item) => noOutcome(item, material))),
    ...of("price", items.filter(({ record }) => record === "tool").flatMap(noPrice)),
    ...(unanswered.length ? [ourselves(unanswered)] : []),
    ...of("gaps", [plain("The handbook lists the questions that its editors looked into and could not answer.", { href: "about/conflicts/" })]),
  ]
}

function ourselves(titles) {
  const line = (text) => plain(text, { lead: "We do not know ourselves" })
  const found = { ...line(`${listed(titles.map((title) => `“${title}”`))}.`), sort: "ourselves" }
  return titles.length > ENOUGH ? { ...found, brief: line(`${titles.length} of the conditions. The table above names those that must be in place.`).text } : found
}

function notTried({ items, sector, standing, uses }) {
  const tried = (item) => standing[`${item.record}s`][item.id].uses.some((id) => uses.get(id).sector === sector.id)
  const names = sector ? items.filter((item) => item.record !== "lesson" && !tried(item)).map(({ title }) => `“${title}”`) : []
  return names.length ? [plain(`Whether it works in ${sector.title}. Nobody is on record there as having tried ${listed(names, "or")}.`)] : []
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
  const doubts = material.doubting.map((found) => doubt(found, material))
  if (!dissenting.length) return [...doubts, plain("No source reports dissent on what is proposed here. That does not mean that there was none.")]
  const lines = dissenting.map((lesson) => ({ ...claim(lesson.dissent, lesson.title), href: address(lesson.url), sort: "dissent" }))
  const left = lines.length - room("dissent", material)
  return [...doubts, ...(left > 0 ? [...lines.slice(0, -left), plain(`${counted(left, "more dissenting voice")} on the pages of the lessons behind this.`)] : lines)]
}

/* A lesson on what we lack whose source leaves open whether it works. */
function doubt({ condition, lesson }, { items, conditions: known }) {
  const line = (more) => plain(`We do not have “${known.get(condition).title}”. What the handbook has on it is “${lesson.title}”, and the source leaves open whether that works.${more}`, { lead: "Doubt", href: lesson.url })
  const short = line("")
  return { ...(items.length < ENOUGH ? line(` ${lesson.summary}`) : short), brief: short.text, basis: "reported", sources: lesson.sources.slice(0, 1), sort: "doubt" }
}
