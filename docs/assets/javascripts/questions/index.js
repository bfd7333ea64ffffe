/* The question sheet: what nobody knows about the records on the shortlist. */

import { address } from "../lib/data.js"
import { copy } from "../lib/copy.js"
import { element, say, show } from "../lib/dom.js"
import { notice } from "../lib/notice.js"
import { badge, claim, link, piece, unknown } from "../lib/pieces.js"
import { page, records } from "../lib/shortlist.js"
import { follow } from "../lib/state.js"
import { asText } from "./text.js"

/** So many questions about a record a partner may answer in one call; the others are folded. */
const FIRST = 8

/** @param {HTMLElement} place is filled; what is built for readers without script stands after it */
export function start(place) {
  const built = document.querySelector(".hb-all-questions")
  const notes = element("div")
  const status = element("p.hb-status", { role: "status" })
  const sheet = element("div")
  place.append(notes, status, sheet)
  let turn = 0
  follow(render)
  return render()

  async function render() {
    const mine = ++turn
    const told = []
    const found = await records().catch((error) => (told.push(error.message), []))
    if (mine !== turn) return // the reader was quicker
    show(notes, notice(told))
    if (built) built.hidden = found.length > 0
    if (!found.length) return show(sheet, invitation())
    const items = once(found)
    const reasons = items.flatMap((item) => item.inquiries).flatMap((asked) => asked.reasons)
    const many = reasons.flatMap((reason) => reason.questions).length
    show(sheet, actions(items), element("p", {}, counted(many, found.length)), items.flatMap(section))
  }

  function actions(items) {
    const field = element("textarea", { readonly: true, hidden: true, rows: "12", "aria-label": "The questions as plain text" })
    return element(
      "div.hb-actions", {},
      element("button.hb-button.hb-first", { type: "button", onclick: () => window.print() }, "Print"),
      element("button.hb-button", { type: "button", onclick: copyText }, "Copy as text"),
      element("a.hb-button", { href: address("compare/") }, "Change the shortlist"),
      element("div.hb-field", {}, field),
    )

    async function copyText() {
      const text = asText(items, page)
      if (await copy(text)) return say(status, "The questions are copied as plain text.")
      field.hidden = false
      field.value = text
      field.select()
      say(status, "Your browser does not let the page copy. The text is in the field, ready to be copied.")
    }
  }
}

/**
 * The records with their inquiries; a question that two of them ask stands under the first only.
 * @returns {{record: any, inquiries: any[]}[]}
 */
export function once(found) {
  const seen = new Set()
  const fresh = ({ key }) => !seen.has(key) && seen.add(key)
  return found.map((record) => {
    const inquiries = record.computed.inquiries.map((asked) => {
      const reasons = asked.reasons.map(({ why, questions }) => ({ why, questions: questions.filter(fresh) }))
      return { ...asked, reasons: reasons.filter(({ questions }) => questions.length) }
    })
    return { record, inquiries: inquiries.filter(({ reasons }) => reasons.length) }
  })
}

function counted(questions, items) {
  const from = items === 1 ? "the one entry" : `the ${items} entries`
  if (!questions) return `Nothing is marked as unknown in ${from} of your shortlist.`
  return `${questions === 1 ? "1 question" : `${questions} questions`} from ${from} of your shortlist. Each stands once, where it comes up first.`
}

function invitation() {
  const way = (url, name) => element("a", { href: address(url) }, name)
  return element(
    "p", {},
    "Put a ", way("toolbox/", "tool"), ", a ", way("transfer/", "recommendation"), " or a ", way("lessons/", "lesson"),
    " on your shortlist, and this page asks only about those. Until then it lists what is open about all tools and recommendations.",
  )
}

function section({ record, inquiries }) {
  const nothing = element("p", {}, unknown("Nothing more to ask here: nothing is marked as unknown, or it is asked above."))
  const { first, rest } = fold(inquiries)
  return [
    element("h2", { id: `${record.record}-${record.id}` }, element("a", { href: page(record) }, record.title)),
    ...(inquiries.length ? first.flatMap(inquiry) : [nothing]),
    rest.length ? element("details", {}, element("summary", {}, `Show all: ${questionsIn(rest)} more questions about “${record.title}”`), ...rest.flatMap(inquiry)) : null,
  ]
}

/**
 * The questions to begin with, and the rest. They come in the order of their weight: first whether it was done and
 * what came of it, then what it takes, last who else saw it.
 */
export function fold(inquiries) {
  const first = []
  const rest = []
  for (const asked of inquiries) {
    const shown = []
    let left = FIRST - questionsIn(first)
    // A use is asked about as a whole, or not yet.
    const fits = (questions) => questions.length <= left
    const kept = asked.use ? (fits(asked.reasons.flatMap(({ questions }) => questions)) ? asked.reasons : []) : asked.reasons
    for (const each of kept) {
      if (shown.length && !fits(each.questions)) break
      if (!shown.length && left <= 0) break
      shown.push(each)
      left -= each.questions.length
    }
    const later = asked.reasons.slice(shown.length)
    if (shown.length) first.push({ ...asked, reasons: shown })
    if (later.length) rest.push({ ...asked, reasons: later })
  }
  return { first, rest }
}

function questionsIn(inquiries) {
  return inquiries.flatMap(({ reasons }) => reasons).flatMap(({ questions }) => questions).length
}

function inquiry(asked) {
  return [
    element("h3", {}, asked.use ? asked.use.label : "About it as a whole"),
    element(
      "div.hb-relations", {},
      element("dl", {}, asked.use ? onRecord(asked) : null, element("dt", {}, "Ask"), whom(asked)),
    ),
    ...asked.reasons.flatMap(reason),
  ]
}

function onRecord({ use, when, outcome, so_far: said = [] }) {
  return [
    element("dt", {}, "On record"),
    element("dd", {}, link(use), `, ${when} `, badge(outcome)),
    ...(said.length ? said.map((one) => element("dd", {}, claim(one))) : [element("dd", {}, unknown("No source says what came of it."))]),
  ]
}

function whom({ organisations = [] }) {
  if (!organisations.length) return element("dd", {}, unknown("No source says who."), " ", link({ label: "The partners", url: "clusters/" }), " may know.")
  return organisations.map(({ link: name, country, website, later = [] }) =>
    element(
      "dd", {},
      link(name), `, ${country}`,
      website ? [" · ", element("a", { href: website }, website)] : null,
      later.flatMap((one) => [element("br"), ...claim(one)]),
    ))
}

function reason({ why, questions }) {
  return [element("p", {}, element("strong", {}, "Why it matters:"), ` ${why}`), element("div.hb-checklist.hb-questions", {}, element("ul", {}, questions.map(question)))]
}

function question({ ask, about, so_far: said = [] }) {
  return element(
    "li", {},
    element("strong", {}, ask),
    about ? [" About ", link(about), "."] : null,
    said.length ? [element("br"), "So far: ", ...said.flatMap(piece)] : null,
  )
}
