/* The fit check: questions in, an answer for each recommendation out. The rule is in rule.js. */

import { address, read } from "../lib/data.js"
import { element, say, show } from "../lib/dom.js"
import { follow, read as readState, write } from "../lib/state.js"
import { wording } from "../lib/picker.js"
import { MOST, has, picks, toggle } from "../lib/shortlist.js"
import { Words } from "./answers.js"
import { ALL, choices, SHORTLIST, written } from "./link.js"
import { jump, question, tick } from "./questions.js"
import { answer, baseOf } from "./rule.js"

const VERDICTS = ["go-ahead", "prepare-first", "not-now", "do-not-transfer"]

/**
 * Bring the fit check to life.
 * @param {HTMLElement} place where it stands
 */
export async function start(place) {
  try {
    const [data, conditions, vocabulary] = await Promise.all(["fit.json", "conditions.json", "vocabulary.json"].map(read))
    new FitCheck(place, data, conditions, vocabulary).begin()
  } catch (error) {
    place.classList.add("hb-part-missing")
    show(place, element("p.hb-notice", { role: "alert" }, error.message))
  }
}

class FitCheck {
  constructor(place, data, conditions, vocabulary) {
    Object.assign(this, { place, data, conditions, vocabulary })
    this.base = baseOf(data)
    this.words = new Words(data, conditions, vocabulary)
    this.wanted = [] // the recommendations that are checked
    this.shown = undefined // those whose questions stand in the page
    this.opened = new Set() // answers that the reader has opened
  }

  begin() {
    this.notices = element("div", { role: "status" })
    this.questions = element("div")
    this.more = element("div.hb-form", { hidden: true })
    this.answers = element("section", { "aria-labelledby": "fit-answers" })
    this.status = element("p.hb-status", { role: "status" })
    this.progress = element("progress", { max: 1, value: 0, "aria-label": "Questions answered" })
    this.counted = element("span")
    const bar = element("div.hb-fit-bar", {}, this.counted, this.progress, element("button.hb-button", { type: "button", onclick: () => jump("fit-answers") }, "See the answers"))
    show(this.place, this.notices, this.choice(), this.questions, this.more, bar,
      element("h2", { id: "fit-answers", tabindex: "-1" }, "Does it fit?"), this.status, this.answers)
    follow((event) => this.update(event.type !== "hb-state"))
    addEventListener("beforeprint", () => this.place.querySelectorAll("details.hb-fit-more").forEach((each) => { each.open = true }))
    this.update(true)
  }

  choice() {
    const option = (value, text) => element("option", { value }, text)
    this.chooser = element("select", { id: "fit-for", onchange: () => this.choose({ for: list(this.chooser.value) }) },
      option(ALL, "All recommendations"), option(SHORTLIST, "My shortlist"), ...this.data.recommendations.map(({ id, title }) => option(id, title)))
    this.sectors = element("select", { id: "fit-sector", onchange: () => this.choose({ sector: list(this.sectors.value) }) },
      option("", "No sector chosen"), ...this.data.sectors.map(({ id, title }) => option(id, title)))
    const field = (select, text) => element("p.hb-field", {}, element("label", { for: select.id }, text), select)
    return element("div.hb-form.hb-fit-choice", {}, field(this.chooser, "What do you want to check?"), field(this.sectors, "Your sector, if you like"))
  }

  /* Write a choice into the link so that the back button undoes it, without the place that an earlier link led to. */
  choose(changes) {
    const { chosen, answers, sector } = this.now
    const kept = { for: list(chosen), fit: written(answers, this.data), sector: list(sector) }
    write({ ...kept, ...changes }, { step: true })
  }

  answered(condition, level) {
    const answers = new Map(this.now.answers).set(condition, level)
    write({ fit: written(answers, this.data) }, { step: true })
  }

  /* Show what the link says. What it carries in vain is told when it arrives, and stays until the next one does. */
  update(arrived) {
    const state = readState()
    this.now = choices(state, this.data)
    if (arrived) {
      const { notes } = this.now
      show(this.notices, ...(notes.length ? [element("div.hb-notice", {}, ...notes.map((note) => element("p", {}, note)))] : []))
    }
    this.want(arrived)
    this.sectors.value = this.now.sector ?? ""
    this.found = new Map(this.data.recommendations.map(({ id }) => [id, answer(this.base, this.now.answers, id, this.now.sector)]))
    this.ask()
    tick(this.place, this.now.answers)
    this.count()
    this.reply()
  }

  /* A reader who comes with a shortlist wants to know about that; putting something on it here changes nothing else. */
  want(arrived) {
    const known = new Set(this.data.recommendations.map(({ id }) => id))
    const listed = picks().picks.filter(({ record, id }) => record === "recommendation" && known.has(id)).map(({ id }) => id)
    if (arrived) this.usual = listed.length ? SHORTLIST : ALL
    let focus = this.now.chosen ?? this.usual
    if (focus === SHORTLIST && !listed.length) focus = ALL
    this.wanted = focus === ALL ? [...known] : focus === SHORTLIST ? listed : [focus]
    const option = this.chooser.querySelector(`[value=${SHORTLIST}]`)
    option.disabled = !listed.length
    option.textContent = `My shortlist (${listed.length})`
    this.chooser.value = focus
  }

  get single() {
    return this.wanted.length === 1 ? this.wanted[0] : null
  }

  /* -- questions -- */

  ask() {
    if (this.shown !== this.wanted.join()) {
      this.shown = this.wanted.join()
      this.asked = new Set()
      show(this.questions, ...this.parts())
      show(this.more)
    }
    this.askMore()
    this.more.hidden = !this.more.children.length
  }

  parts() {
    const advice = this.wanted.map((id) => this.base.advice.get(id))
    const must = new Set(advice.flatMap((each) => each.must))
    const helps = new Set(advice.flatMap((each) => each.helps).filter((condition) => !must.has(condition)))
    return [
      ...this.part("What must be in place?", must, (condition) => this.why(condition, "must", "Must be in place")),
      ...this.part("What else helps?", helps, (condition) => this.why(condition, "helps", "Helps, and does not decide")),
    ]
  }

  why(condition, strength, text) {
    if (this.single) return `${text}.`
    const count = this.wanted.filter((id) => this.base.advice.get(id)[strength].includes(condition)).length
    return `${text} for ${count} of ${this.wanted.length} recommendations.`
  }

  part(title, wanted, why) {
    const groups = Object.entries(this.vocabulary["condition-group"])
      .map(([group, { label }]) => [label, this.conditions.filter((condition) => condition.group === group && wanted.has(condition.id))])
      .filter(([, found]) => found.length)
    if (!groups.length) return []
    return [element("h2", {}, title), ...groups.map(([label, found]) => element("div.hb-form", {},
      element("h3", {}, label), ...found.map((condition) => this.question(condition, why(condition.id)))))]
  }

  question(condition, why) {
    this.asked.add(condition.id)
    return question(condition, this.vocabulary, why, (id, level) => this.answered(id, level))
  }

  /* What has to be known because of an answer: conditions that stand before a missing one. */
  askMore() {
    if (this.wanted.length === this.data.recommendations.length) return
    const steps = this.wanted.flatMap((id) => this.found.get(id).steps.map(({ condition }) => condition))
    const needed = steps.filter((condition) => !this.asked.has(condition))
    if (!needed.length) return
    if (!this.more.children.length) this.more.append(element("h2", {}, "What does that need in turn?"))
    const found = this.conditions.filter(({ id }) => needed.includes(id))
    this.more.append(...found.map((condition) => this.question(condition, "Asked because what builds a missing condition needs it.")))
  }

  count() {
    const done = [...this.asked].filter((condition) => this.now.answers.has(condition)).length
    say(this.counted, `${done} of ${this.asked.size} answered`)
    this.progress.max = this.asked.size || 1
    this.progress.value = done
    this.done = done
  }

  /* -- answers -- */

  reply() {
    const recommendations = this.data.recommendations.filter(({ id }) => this.wanted.includes(id))
    const shown = recommendations.filter(({ id }) => this.done || this.found.get(id).ruled_out)
    const groups = VERDICTS.map((verdict) => [verdict, shown.filter(({ id }) => this.found.get(id).verdict === verdict)]).filter(([, found]) => found.length)
    say(this.status, this.summary(groups))
    show(this.answers, this.unanswered(), ...groups.flatMap(([verdict, found]) => this.group(verdict, found)), this.foot())
  }

  summary(groups) {
    this.status.classList.toggle("hb-hidden", Boolean(this.single && this.done)) // the answer itself says it to those who see
    if (!this.done) return "Answer a question, and the answers appear here."
    if (this.single) return `${this.words.verdict(this.found.get(this.single).verdict)}. ${this.words.inShort(this.found.get(this.single), this.now.answers)}`
    return `${groups.map(([verdict, found]) => `${this.words.verdict(verdict)}: ${found.length}`).join(". ")}.`
  }

  unanswered() {
    const open = this.asked.size - this.done
    if (!open || !this.done) return null
    return element("p", {}, open === 1 ? "One question has no answer yet. It counts as “I do not know”." : `${open} questions have no answer yet. They count as “I do not know”.`)
  }

  group(verdict, found) {
    if (this.single) return found.map((record) => this.one(record, true))
    return [element("h3.hb-fit-verdict", {}, this.words.badge("fit", verdict), ` ${found.length} of ${this.wanted.length}`), ...found.map((record) => this.one(record, false))]
  }

  one(record, whole) {
    const found = this.found.get(record.id)
    const title = element("a", { href: address(record.url) }, record.title)
    const body = this.body(record.id, found)
    const details = whole ? body : [this.folded(record.id, [...body, element("div.hb-actions", {}, this.alone(record))])]
    return element("article.hb-fit-answer", { "data-verdict": found.verdict },
      element(whole ? "h3" : "h4", {}, title),
      element("p.hb-fit-short", {}, whole ? this.words.badge("fit", found.verdict) : null, " ", this.words.inShort(found, this.now.answers)),
      ...this.words.risks(found),
      this.words.state(record.id, this.now.sector, whole),
      ...details,
      element("div.hb-actions", {}, this.picker(record)))
  }

  body(id, found) {
    const { answers, sector } = this.now
    const leave = found.verdict === "do-not-transfer"
    return [
      ...(found.ruled_out ? [this.words.why(id, sector)] : []),
      ...this.words.decides(found, answers),
      ...(leave ? this.words.instead(found, this.found) : this.words.steps(found, id, answers)),
      this.words.wouldHelp(found, answers),
    ].filter(Boolean)
  }

  folded(id, body) {
    const details = element("details.hb-fit-more", { open: this.opened.has(id) }, element("summary", {}, "What decides, and what to do first"), ...body)
    details.addEventListener("toggle", () => (details.open ? this.opened.add(id) : this.opened.delete(id)))
    return details
  }

  picker({ id, title }) {
    const picked = () => {
      const was = has("recommendation", id)
      if (!toggle("recommendation", id) && !was) show(this.notices, element("p.hb-notice", {}, `Your shortlist is full. It holds ${MOST} entries.`))
      this.place.querySelector(`[data-pick="${id}"]`).focus()
    }
    return button(wording(has("recommendation", id)), title, picked, { "data-pick": id })
  }

  alone({ id, title }) {
    return button("Check this one alone", title, () => {
      this.choose({ for: [id] })
      this.chooser.focus()
    })
  }

  foot() {
    if (!this.now.answers.size) return null
    const clear = () => {
      this.choose({ fit: [] })
      this.chooser.focus()
    }
    const plan = element("a.hb-button.hb-first", { href: address("plan/") }, "Make a plan for your board")
    const compare = element("a.hb-button", { href: address("compare/") }, "Compare your shortlist")
    return element("div.hb-actions", {}, plan, compare, button("Print the answers", "", () => print()), button("Clear all answers", "", clear))
  }
}

/* `about` is for people who hear the button without what stands around it. */
function button(text, about, onclick, more = {}) {
  return element("button.hb-button", { type: "button", onclick, ...more }, text, about ? element("span.hb-hidden", {}, `: ${about}`) : null)
}

function list(value) {
  return value ? [value] : []
}
