/* Does a recommendation fit a reader who has answered the conditions' questions?
   The same rule as handbook/fit.py, which explains it; a test compares the two. */

export const LEVELS = ["not", "unknown", "can", "have"]

const BUILT = 3
const OUT_OF_REACH = 4
const STANDING = { have: 0, can: 1, unknown: 2 }
const VERDICT = ["go-ahead", "prepare-first", "prepare-first", "not-now", "do-not-transfer"]
const OTHERWISE = { have: ["not"], can: ["have", "not"], unknown: ["have", "can", "not"], not: ["have", "can"] }
const MOST_INSTEAD = 3

/** What the rule works on, from data/fit.json. */
export function baseOf(data) {
  return {
    builders: new Map(data.conditions.map(({ id, builders }) => [id, builders])),
    advice: new Map(data.recommendations.map(({ id, must, helps, needs, not_in }) => [id, { must, helps, needs, not_in: not_in.map((ruled) => ruled.sector) }])),
  }
}

/**
 * Whether a recommendation fits.
 * @param {{builders: Map<string, {id: string, must: string[], helps: string[]}[]>, advice: Map<string, {must: string[], helps: string[], needs: string[], not_in: string[]}>}} base
 * @param {Map<string, string>} answers by condition; one that is not there is unknown
 * @param {string} recommendation
 * @param {string|null} [sector]
 * @returns {{verdict: string, decides: string[], ruled_out: boolean, roots: string[], changes: Object[], steps: Object[], risks: string[], would_help: string[], instead: string[]}}
 */
export function answer(base, answers, recommendation, sector = null) {
  const advice = base.advice.get(recommendation)
  const { verdict, decides } = judge(base, answers, advice)
  const leave = verdict === "do-not-transfer"
  const ruledOut = sector !== null && advice.not_in.includes(sector)
  const first = decides.slice(0, 1)
  const roots = leave && !ruledOut ? rootsOf(base, answers, first) : []
  return {
    verdict: ruledOut ? "do-not-transfer" : verdict,
    decides: ruledOut ? [] : decides,
    ruled_out: ruledOut,
    roots,
    changes: ruledOut ? [{ condition: null, level: null, verdict, decides }] : changesOf(base, answers, advice, first, roots),
    steps: leave || ruledOut ? [] : stepsOf(base, answers, advice),
    risks: advice.helps.filter((condition) => level(answers, condition) === "not"),
    would_help: advice.helps.filter((condition) => ["can", "unknown"].includes(level(answers, condition))),
    instead: leave || ruledOut ? insteadOf(base, answers, recommendation, sector) : [],
  }
}

/** The verdict, and the conditions that decide, the weightiest first. */
export function judge(base, answers, advice) {
  const reached = reach(base, answers)
  const worst = worstOf(advice, answers, reached)
  let decides = advice.must.filter((condition) => standing(condition, answers, reached) === worst)
  if (worst < BUILT) {
    const lost = (condition) => {
      const without = new Map(answers).set(condition, "not")
      return worstOf(advice, without, reach(base, without))
    }
    decides = sorted(decides, (condition) => [-lost(condition)])
  } else if (worst === BUILT) {
    decides = sorted(decides, (condition) => [-reached.get(condition).turn])
  }
  return { verdict: VERDICT[worst], decides: worst === STANDING.have ? decides.slice(0, 1) : decides }
}

/** Every condition that is in place, can be got, is unknown, or can be built, turn by turn. */
export function reach(base, answers) {
  const all = [...base.builders]
  const reached = new Map()
  for (const [condition] of all) if (level(answers, condition) !== "not") reached.set(condition, { turn: 0, builders: [] })
  for (let turn = 1; ; turn += 1) {
    const ready = []
    for (const [condition, builders] of all) {
      if (reached.has(condition)) continue
      const able = builders.filter((builder) => builder.must.every((must) => reached.has(must)))
      if (able.length) ready.push([condition, { turn, builders: leastFirst(able, answers) }])
    }
    if (!ready.length) return reached
    for (const [condition, found] of ready) reached.set(condition, found)
  }
}

function leastFirst(builders, answers) {
  const asked = (conditions) => [conditions.filter((condition) => level(answers, condition) !== "have").length, conditions.length]
  return sorted(builders, ({ must, helps }) => [...asked(must), ...asked(helps)])
}

function level(answers, condition) {
  return answers.get(condition) ?? "unknown"
}

function standing(condition, answers, reached) {
  const found = level(answers, condition)
  if (found !== "not") return STANDING[found]
  return reached.has(condition) ? BUILT : OUT_OF_REACH
}

function worstOf(advice, answers, reached) {
  return Math.max(0, ...advice.must.map((condition) => standing(condition, answers, reached)))
}

function rootsOf(base, answers, start) {
  const reached = reach(base, answers)
  const seen = new Set()
  const todo = [...start]
  while (todo.length) {
    const condition = todo.pop()
    if (reached.has(condition) || seen.has(condition)) continue
    seen.add(condition)
    for (const { must } of base.builders.get(condition)) todo.push(...must)
  }
  return [...base.builders.keys()].filter((condition) => seen.has(condition) && !base.builders.get(condition).length)
}

function changesOf(base, answers, advice, decides, roots) {
  return [...new Set([...decides, ...roots])].flatMap((condition) =>
    OTHERWISE[level(answers, condition)].map((other) => ({
      condition,
      level: other,
      ...judge(base, new Map(answers).set(condition, other), advice),
    })),
  )
}

function stepsOf(base, answers, advice) {
  const reached = reach(base, answers)
  const wanted = new Set()
  const todo = [...advice.must]
  while (todo.length) {
    const condition = todo.pop()
    if (wanted.has(condition) || level(answers, condition) === "have") continue
    wanted.add(condition)
    for (const { must } of reached.get(condition).builders.slice(0, 1)) todo.push(...must)
  }
  const found = [...base.builders.keys()].filter((condition) => wanted.has(condition))
  const steps = found.map((condition) => stepOf(base, answers, condition, reached.get(condition), wanted))
  return sorted(steps, (step) => [reached.get(step.condition).turn, step.do === "find-out" ? 0 : 1])
}

function stepOf(base, answers, condition, { builders }, wanted) {
  const here = level(answers, condition)
  const there = (each) => level(answers, each) === "have"
  if (here === "unknown") return { do: "find-out", condition, with: [] }
  if (here === "not") {
    const able = builders.filter(({ must }) => must.every((each) => there(each) || wanted.has(each)))
    return { do: "build", condition, with: able.map(({ id }) => id) }
  }
  const ready = base.builders.get(condition).filter(({ must }) => must.every(there))
  return { do: "get", condition, with: leastFirst(ready, answers).map(({ id }) => id) }
}

function insteadOf(base, answers, recommendation, sector) {
  const needs = base.advice.get(recommendation).needs
  const found = [...base.advice]
    .filter(([id, advice]) => id !== recommendation && advice.needs.some((need) => needs.includes(need)) && !advice.not_in.includes(sector))
    .map(([id, advice]) => [id, judge(base, answers, advice).verdict])
  return ["go-ahead", "prepare-first"].flatMap((verdict) => found.filter(([, has]) => has === verdict).map(([id]) => id)).slice(0, MOST_INSTEAD)
}

/* In the order of what `key` gives, a list of numbers; equals keep their order. */
function sorted(list, key) {
  const keyed = list.map((each) => [key(each), each])
  keyed.sort(([a], [b]) => a.map((number, at) => number - b[at]).find((difference) => difference !== 0) ?? 0)
  return keyed.map(([, each]) => each)
}
