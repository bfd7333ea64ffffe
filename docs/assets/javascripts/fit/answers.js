/* What the rule says, in words for readers. */

import { address } from "../lib/data.js"
import { element } from "../lib/dom.js"
import { claim } from "../lib/pieces.js"
import { jump } from "./questions.js"

/* Another answer about the condition that decides, by the present one: "If you …". */
const IF = {
  have: { not: "lost it" },
  can: { have: "had it", not: "cannot get it" },
  unknown: { have: "have it", can: "can get it", not: "do not have it" },
  not: { have: "had it", can: "could get it" },
}
const MOST_BUILDERS = 3

/** The words for answers, with the records and labels that they are made of. */
export class Words {
  /**
   * @param {any} data data/fit.json
   * @param {any[]} conditions data/conditions.json
   * @param {any} vocabulary data/vocabulary.json
   */
  constructor(data, conditions, vocabulary) {
    this.vocabulary = vocabulary
    this.texts = new Map(conditions.map((condition) => [condition.id, condition]))
    this.records = new Map(data.recommendations.map((record) => [record.id, record]))
    this.sectors = new Map(data.sectors.map((record) => [record.id, record]))
    this.builders = new Map(Object.entries(data.builders))
  }

  /** The label of a verdict. */
  verdict(verdict) {
    return this.vocabulary.fit[verdict].label
  }

  badge(group, tag) {
    return element(`span.hb-badge.hb-${group}-${tag}`, {}, this.vocabulary[group][tag].label)
  }

  title(condition) {
    return this.texts.get(condition).title
  }

  condition(condition) {
    return link(this.texts.get(condition))
  }

  /** How the recommendation stands in the chosen sector, as a paragraph; `whole` adds what that means. */
  state(recommendation, sector, whole) {
    if (!sector) return null
    const state = this.records.get(recommendation).states[sector]
    return element("p.hb-fit-state", {}, "In ", link(this.sectors.get(sector)), ": ", this.badge("state", state),
      ...(whole ? [" ", element("span.hb-hint", {}, this.vocabulary.state[state].description)] : []))
  }

  /** The answer in one sentence. */
  inShort(found, answers) {
    if (found.ruled_out) return "The editors see no way to use it in your sector."
    if (!found.decides.length) return "Nothing must be in place first."
    const title = this.title(found.decides[0])
    const level = answers.get(found.decides[0]) ?? "unknown"
    if (found.verdict === "go-ahead") return "Everything that must be in place is there."
    if (found.verdict === "not-now") return `Missing: ${title}. The handbook knows what builds it.`
    if (found.verdict === "do-not-transfer") return `Missing: ${title}. Nothing that you can do from here builds it.`
    return level === "can" ? `Get first: ${title}.` : `Find out first: ${title}.`
  }

  /** What decides, and what would change the answer. */
  decides(found, answers) {
    if (found.ruled_out) return this.ruledOut(found)
    if (!found.decides.length) return []
    const [first, ...others] = found.decides
    const most = found.verdict === "go-ahead" ? "Most depends on: " : "What decides: "
    const head = element("p", {}, element("strong", {}, most), this.condition(first), `. ${this.given(first, answers)}`)
    const rest = others.length ? element("p", {}, element("strong", {}, "Also decides: "), ...listed(others.map((other) => this.condition(other))), ".") : null
    const own = found.changes.filter((change) => change.condition === first)
    const further = found.changes.filter((change) => change.condition !== first)
    return [head, rest, this.changes(own, found, answers), ...this.further(found, further, answers)]
  }

  given(condition, answers) {
    const level = answers.get(condition)
    if (!level) return "You have not answered this yet, so it counts as unknown."
    return { have: "You have it. Without it the answer would change most.", can: "You can get it.", unknown: "You do not know yet.", not: "You do not have it." }[level]
  }

  /* Levels with the same outcome stand in one line. */
  changes(all, found, answers) {
    const lines = new Map()
    for (const change of all) {
      const key = `${change.verdict} ${change.decides[0]}`
      lines.set(key, [...(lines.get(key) ?? []), change])
    }
    return element("ul", {}, ...[...lines.values()].map((same) => this.change(same, found, answers)))
  }

  change(same, found, answers) {
    const [{ condition, verdict, decides }] = same
    const present = answers.get(condition) ?? "unknown"
    const others = same.map(({ level }) => IF[present][level]).join(" or ")
    const still = verdict === found.verdict
    const next = decides[0]
    const then = !next || verdict === "go-ahead" ? [] : next === condition ? (still ? [". This one still decides"] : []) : [". Then ", this.condition(next), " decides"]
    return element("li", {}, `If you ${others}: ${still ? "still " : ""}`, element("strong", {}, lower(this.verdict(verdict))), ...then, ".")
  }

  /* Why nothing builds it, and what would. */
  further(found, changes, answers) {
    if (found.verdict !== "do-not-transfer") return []
    const [first] = found.decides
    const parts = []
    if (found.roots.includes(first)) parts.push(element("p", {}, this.texts.get(first).given ?? "Nothing in this handbook builds it."))
    else if (found.roots.length) {
      parts.push(element("p", {}, "What builds it needs ", ...listed(found.roots.map((root) => this.condition(root))), " first. ",
        ...found.roots.map((root) => this.texts.get(root).given ?? "Nothing in this handbook builds that.").join(" ")))
    } else parts.push(element("p", {}, "What builds it needs first what only it can build."))
    const lists = found.roots.filter((root) => root !== first).map((root) => [
      element("p", {}, "And for ", this.condition(root), ":"),
      this.changes(changes.filter(({ condition }) => condition === root), found, answers),
    ])
    return [...parts, ...lists.flat()]
  }

  ruledOut(found) {
    const [{ verdict, decides }] = found.changes
    return [
      element("p", {}, element("strong", {}, "What decides: "), "your sector."),
      element("p", {}, "In a sector in which it applies: ", element("strong", {}, lower(this.verdict(verdict))),
        ...(decides.length && verdict !== "go-ahead" ? [". Then ", this.condition(decides[0]), " decides"] : []), "."),
    ]
  }

  /** Why the editors rule it out in a sector. */
  why(recommendation, sector) {
    const { why } = this.records.get(recommendation).not_in.find((entry) => entry.sector === sector)
    const sources = why.sources.map((source) => element("a", { href: address(source.url) }, source.label))
    return element("p", {}, why.text, " (", this.vocabulary.basis[why.basis].label, ...sources.flatMap((source) => [", ", source]), ")")
  }

  /** What to do, in order, up to the recommendation's own first step. */
  steps(found, recommendation, answers) {
    const { url } = this.records.get(recommendation)
    const begin = element("a", { href: address(`${url}#first-step`) }, "what to do this month, and the smallest honest try")
    if (!found.steps.length) return [element("p", {}, element("strong", {}, "Do next: "), begin, ".")]
    return [
      element("p", {}, element("strong", {}, "Do this first, in this order:")),
      element("ol", {}, ...found.steps.map((step) => this.step(step, answers)), element("li", {}, "Then begin: ", begin, ".")),
    ]
  }

  step({ do: what, condition, with: builders }, answers) {
    const title = element("strong", {}, this.title(condition))
    const tools = this.tools(builders)
    if (what === "build") return element("li", {}, "Build: ", title, ". Use ", ...tools, ".")
    if (what === "get") return element("li", {}, "Get: ", title, ". You said that you can.", ...(tools.length ? [" What helps: ", ...tools, "."] : []))
    const { find_out: how } = this.texts.get(condition)
    const ask = element("button.hb-fit-link", { type: "button", onclick: () => jump(`ask-${condition}`) },
      answers.has(condition) ? "Change your answer" : "Answer the question", element("span.hb-hidden", {}, `: ${this.title(condition)}`))
    return element("li", {}, "Find out: ", title, `. ${how} `, ask)
  }

  tools(builders) {
    const links = builders.slice(0, MOST_BUILDERS).map((key) => [link(this.builders.get(key)), ` (${key.split(".")[0]})`])
    return links.flatMap((parts, at) => (at ? [", or ", ...parts] : parts))
  }

  /** What only helps and the reader does not have, each with what the record says of it. */
  risks(found) {
    if (found.verdict === "do-not-transfer") return []
    return found.risks.map((condition) => element("p.hb-fit-risk", {}, element("strong", {}, "Risk: you do not have “", this.condition(condition), "”."), " ", ...claim(this.texts.get(condition).because)))
  }

  /** What else would help, if it is not in place. */
  wouldHelp(found, answers) {
    if (!found.would_help.length || found.verdict === "do-not-transfer") return null
    const level = (condition) => (answers.get(condition) === "can" ? "you can get it" : "not known yet")
    const named = found.would_help.map((condition) => [this.condition(condition), ` (${level(condition)})`])
    return element("p", {}, element("strong", {}, "Would help too: "), ...named.flatMap((parts, at) => (at ? ["; ", ...parts] : parts)), ". None of these decides.")
  }

  /** That leaving it is a good answer, and what else helps. */
  instead(found, all) {
    const praise = "This is a good answer. It saves you and your members the time for something that can work."
    if (!found.instead.length) return [element("p", {}, praise, " Nothing else here that helps with the same problem fits you today.",
      found.ruled_out ? "" : " Tell your board what is missing.")]
    return [
      element("p", {}, praise, " For the same problem, look at:"),
      element("ul", {}, ...found.instead.map((other) => element("li", {}, link(this.records.get(other)), ": ", lower(this.verdict(all.get(other).verdict)))) ),
    ]
  }
}

function link({ title, url }) {
  return element("a", { href: address(url) }, title)
}

function lower(text) {
  return text.toLowerCase()
}

function listed(parts) {
  return parts.flatMap((part, at) => (at === 0 ? [part] : [at === parts.length - 1 ? " and " : ", ", part]))
}
