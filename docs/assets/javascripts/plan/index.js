/* The transfer plan: two pages for the board, made of the shortlist, the fit check and the reader's own words. */

import { element, say, show } from "../lib/dom.js"
import { follow, format, LONGEST, read, write } from "../lib/state.js"
import { today } from "./dates.js"
import { downloads } from "./downloads.js"
import { FIELDS, written } from "./edits.js"
import { gather } from "./gather.js"
import { head } from "./head.js"
import { paper } from "./paper.js"
import { part } from "./part.js"
import { compose } from "./plan.js"
import { timetable } from "./timetable.js"
import { told } from "./told.js"

/* What a link still has room for when the plan's own text is in it: more answers, more on the shortlist. */
const SPARE = 800

/** Bring the form in `place` to life; see templates/plan.md.j2. */
export function start(place) {
  const notices = element("div", { role: "status" })
  const page = { plan: null, material: null, own: null }
  const act = {
    note: (name, text) => note(page, notices, name, text),
    choose: (changes, since) => write(changes, { step: true, since }),
    done: (text) => say(spoken, text),
  }
  const spoken = element("p.hb-hidden", { "aria-live": "polite" })
  const top = head(act)
  const sections = [...place.querySelectorAll("[data-block]")]
  const parts = new Map(sections.map((section) => [section.dataset.block, (section.dataset.block === "when" ? timetable : part)(section, act)]))
  const headings = new Map(sections.map((section) => [section.dataset.block, headingOf(section)]))
  const sheet = paper()
  const actions = downloads(() => ({ ...page, headings, forWord: () => sheet.word(page.plan) }), act)
  place.querySelector(".hb-plan-intro").after(notices, spoken, top.form, actions.node, top.title)
  place.append(sheet.node)

  let turn = 0
  let first = true
  let seen = ""
  let before = null
  async function draw(elsewhere = true) {
    const mine = (turn += 1)
    const { values } = read()
    seen = format(values)
    // What did not fit into the link is still in the page.
    if (page.own) values.set("note", page.own)
    try {
      const material = await gather({ values })
      const plan = await compose(material, values, today())
      if (mine !== turn) return
      Object.assign(page, { plan, material })
    } catch (error) {
      if (mine === turn) show(notices, element("p.hb-notice", {}, error.message))
      return
    }
    const { plan, material } = page
    place.classList.toggle("hb-plan-empty", !material.items.length)
    place.classList.toggle("hb-plan-live", material.items.length > 0)
    show(notices, ...notice(plan.notes), page.own ? tooLong() : null)
    top.draw(plan, material, elsewhere)
    for (const made of parts.values()) made.draw(plan, material, elsewhere)
    actions.draw(sheet.draw(plan, material, headings))
    // The browser went to its place in the page before the sections had grown.
    if (first) document.getElementById(read().anchor)?.scrollIntoView()
    first = false
    const news = before ? told(before, values, page) : ""
    if (news) say(spoken, news)
    before = values
  }
  follow(({ type }) => {
    const elsewhere = type !== "hb-state" // the reader came by a link or a button of the browser
    if (elsewhere && format(read().values) === seen) return // and only to a place in this page
    if (elsewhere) page.own = null
    draw(elsewhere)
  })
  addEventListener("beforeunload", (event) => {
    if (page.own) event.preventDefault()
  })
  return draw()
}

function headingOf(section) {
  return section.querySelector("h2").firstChild.textContent
}

function notice(notes) {
  if (!notes.length) return []
  return [element("div.hb-notice", {}, element("p", {}, "Part of the link could not be used:"), element("ul", {}, ...[...new Set(notes)].map((text) => element("li", {}, text))))]
}

function tooLong() {
  return element("p.hb-notice", {}, "What you wrote is too long for a link. It stays in this page until you close it. Download the plan to keep it, or shorten a text; then the link carries it again.")
}

/* Put what the reader wrote into the address, or keep it in the page if it is too long for that. */
function note(page, notices, name, text) {
  const { fields, packed } = page.plan
  const kept = Object.hasOwn(FIELDS, name) ? fields : packed
  if (text) kept.set(name, text)
  else kept.delete(name)
  const notes = written(fields, packed)
  const fits = format(new Map([...read().values, ["note", notes]])).length <= LONGEST - SPARE
  page.own = fits ? null : notes
  if (fits) write({ note: notes })
  else dispatchEvent(new CustomEvent("hb-state", { detail: ["note"] }))
}
