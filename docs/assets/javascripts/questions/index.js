/* The question sheet: what nobody knows about the records on the shortlist. */

import { address, read } from "../lib/data.js"
import { copy } from "../lib/copy.js"
import { element, say, show } from "../lib/dom.js"
import { notice } from "../lib/notice.js"
import { badge, claim, link, piece, unknown } from "../lib/pieces.js"
import { page, records } from "../lib/shortlist.js"
import { follow } from "../lib/state.js"
import { merged, organisations, uses } from "./merge.js"
import { asText } from "./text.js"

/** @param {HTMLElement} place is filled; what is built for readers without script stands after it */
export function start(place) {
  const built = document.querySelector(".hb-all-questions")
  const notes = element("div")
  const status = element("p.hb-status", { role: "status" })
  const sheet = element("div.hb-sheet")
  place.append(notes, status, sheet)
  addEventListener("beforeprint", () => sheet.querySelector("details.hb-sheet-rest")?.setAttribute("open", ""))
  let turn = 0
  follow(render)
  return render()

  async function render() {
    const mine = ++turn
    const told = []
    const [found, vocabulary] = await Promise.all([records("inquiries"), read("vocabulary.json")]).catch((error) => (told.push(error.message), [[]]))
    if (mine !== turn) return // the reader was quicker
    show(notes, notice(told))
    if (built) built.hidden = found.length > 0
    if (!found.length) return show(sheet, invitation())
    const content = { records: found, ...merged(found, Object.keys(vocabulary.question)), uses: uses(found), organisations: organisations(found) }
    show(sheet, actions(content), opening(content), ...questions(content), ...whom(content), ...onRecord(content))
  }

  function actions(content) {
    const field = element("textarea", { readonly: true, hidden: true, rows: "12", "aria-label": "The questions as plain text" })
    return element(
      "div.hb-actions", {},
      element("button.hb-button.hb-first", { type: "button", onclick: () => window.print() }, "Print"),
      element("button.hb-button", { type: "button", onclick: copyText }, "Copy as text"),
      element("a.hb-button", { href: address("compare/") }, "Change the shortlist"),
      element("div.hb-field", {}, field),
    )

    async function copyText() {
      const text = asText(content, page)
      if (await copy(text)) return say(status, "The questions are copied as plain text.")
      field.hidden = false
      field.value = text
      field.select()
      say(status, "Your browser does not let the page copy. The text is in the field, ready to be copied.")
    }
  }
}

function invitation() {
  const way = (url, name) => element("a", { href: address(url) }, name)
  return element(
    "p", {},
    "Put a ", way("toolbox/", "tool"), ", a ", way("transfer/", "recommendation"), " or a ", way("lessons/", "lesson"),
    " on your shortlist, and this page asks only about those. Until then it lists what is open about all tools and recommendations.",
  )
}

function opening({ records: found, first, rest }) {
  const many = first.length + rest.length
  const from = found.flatMap((record, at) => [at ? "; " : "", element("a", { href: page(record) }, record.title)])
  const said = many ? `${many === 1 ? "1 question" : `${many} questions`}, each once with all that it is about.` : "Nothing is marked as unknown."
  return element("p", {}, "From your shortlist: ", from, `. ${said}`)
}

function questions({ first, rest }) {
  if (!first.length) return []
  return [
    element("h2", { id: "ask-first" }, rest.length ? "What should you ask first?" : "What should you ask?"),
    list(first, 1),
    rest.length ? element("details.hb-plain.hb-sheet-rest", {}, element("summary", {}, `Show the other ${rest.length} questions`), list(rest, first.length + 1)) : null,
  ].filter(Boolean)
}

function list(some, start) {
  return element("div.hb-checklist.hb-questions", {}, element("ol", { start }, some.map(question)))
}

function question({ ask, why, about }) {
  const known = about.filter(({ so_far: said }) => said.length)
  return element(
    "li", {},
    element("strong", {}, ask),
    element("span.hb-sheet-about", {}, " About ", about.flatMap((one, at) => [at ? "; " : "", link(one.link)]), "."),
    element("span.hb-sheet-why", {}, "Why it matters: ", why),
    known.length ? element("details.hb-plain.hb-sheet-known", {}, element("summary", {}, "What is known so far", element("span.hb-hidden", {}, `: ${ask}`)), element("ul", {}, known.map(soFar))) : null,
  )
}

function soFar({ link: about, so_far: said }) {
  return element("li", {}, link(about), ": ", said.flatMap((one) => [...piece(one), " "]))
}

function whom({ organisations: found }) {
  const none = element("p", {}, unknown("No source says who."), " ", link({ label: "The partners", url: "clusters/" }), " may know.")
  return [
    element("h2", { id: "whom-to-ask" }, "Whom can you ask?"),
    found.length ? element("ul.hb-sheet-whom", {}, found.map(organisation)) : none,
  ]
}

function organisation({ link: name, country, website, later = [], uses: took }) {
  return element(
    "li", {},
    element("strong", {}, link(name)), `, ${country}`,
    website ? [" · ", element("a", { href: website }, website)] : null,
    took.length ? element("span.hb-sheet-about", {}, " Took part in ", took.flatMap((use, at) => [at ? "; " : "", link(use)]), ".") : null,
    later.length ? element("span.hb-sheet-later", {}, " ", later.flatMap((one) => [...claim(one), " "])) : null,
  )
}

function onRecord({ uses: found }) {
  if (!found.length) return []
  return [element("h2", { id: "on-record" }, "What is on record already?"), element("ul.hb-sheet-uses", {}, found.map(use))]
}

function use({ use: name, when, outcome, so_far: said = [] }) {
  const known = said.length ? element("ul", {}, said.map((one) => element("li", {}, claim(one)))) : element("p", {}, unknown("No source says what came of it."))
  return element(
    "li", {}, link(name), `, ${when} `, badge(outcome),
    element("details.hb-plain.hb-sheet-known", {}, element("summary", {}, "What came of it", element("span.hb-hidden", {}, `: ${name.label}`)), known),
  )
}
