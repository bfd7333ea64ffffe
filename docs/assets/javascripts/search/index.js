/* The search box in the header. */

import { address, HOME } from "../lib/data.js"
import { element, say, show } from "../lib/dom.js"
import { words } from "./words.js"

/** Results of a kind that are shown before the reader asks for more. */
const FIRST = 4

/**
 * Bring the search box to life.
 * @param {HTMLElement} place the box, as overrides/partials/search.html has it
 */
export function start(place) {
  const box = new Box(place)
  box.listen()
}

class Box {
  constructor(place) {
    this.place = place
    this.toggle = document.getElementById("__search") // the theme's: whether the search is open
    this.form = place.querySelector("form")
    this.input = place.querySelector("input")
    this.status = place.querySelector("[role=status]")
    this.help = place.querySelector(".hb-search-help")
    this.list = place.querySelector(".hb-results")
    this.worker = null
    this.number = 0 // of the question in the box
    this.answered = 0 // of the question whose results are shown
    this.wish = null // what the reader wants to do with results that are not there yet
    this.hint = this.status.textContent
  }

  listen() {
    this.input.addEventListener("focus", () => this.open())
    this.input.addEventListener("input", () => this.ask())
    this.form.addEventListener("submit", (event) => {
      event.preventDefault()
      this.whenAnswered(() => this.list.querySelector("a")?.click())
    })
    this.form.addEventListener("reset", () => setTimeout(() => {
      this.ask()
      this.input.focus()
    }))
    this.place.addEventListener("keydown", (event) => this.press(event))
    this.place.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget && !this.place.contains(relatedTarget)) this.close()
    })
    if (this.place.contains(document.activeElement)) this.open() // the reader was quicker than this script
    if (this.input.value) this.ask()
  }

  open() {
    this.turn(true)
    this.wake()
  }

  close() {
    this.wish = null
    this.turn(false)
  }

  turn(on) {
    if (this.toggle.checked === on) return
    this.toggle.checked = on
    this.toggle.dispatchEvent(new Event("change", { bubbles: true }))
  }

  /* Nothing is loaded before the reader turns to the box. */
  wake() {
    if (this.worker) return
    this.worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" })
    this.worker.onmessage = ({ data }) => this.hear(data)
    this.worker.onerror = () => this.fail()
    this.worker.postMessage({ home: HOME.href })
  }

  ask() {
    this.open()
    this.wish = null
    if (!this.input.value.trim()) {
      this.answered = this.number += 1 // what is still on its way comes too late
      this.forget()
      return
    }
    this.send()
  }

  send() {
    this.number += 1
    this.list.setAttribute("aria-busy", "true")
    this.worker.postMessage({ number: this.number, question: this.input.value })
  }

  /* A quick reader presses a key before the results of the last letters are there: never choose among older ones. */
  whenAnswered(wish) {
    if (this.answered === this.number) wish()
    else this.wish = wish
  }

  forget() {
    this.list.removeAttribute("aria-busy")
    this.list.replaceChildren()
    this.help.hidden = true
    say(this.status, this.hint)
  }

  hear(data) {
    if (data.failed) this.fail()
    else if (data.complete) {
      this.place.dataset.complete = "" // all text is looked through from here on
      if (this.input.value.trim() && !this.list.contains(document.activeElement)) this.send() // a box that was closed meanwhile stays closed
    } else if (data.number === this.number) this.show(data)
  }

  fail() {
    this.wish = null
    this.list.removeAttribute("aria-busy")
    this.list.replaceChildren()
    say(this.status, "The search could not be loaded.")
    this.advise([])
  }

  show({ whole, total, best, groups, unanswered }) {
    if (whole) this.list.removeAttribute("aria-busy")
    this.answered = this.number
    if (this.list.contains(document.activeElement)) return // the reader has begun to choose
    show(this.list, best.length ? titled("Best matches", listed(best.map((one) => result(one, one.label)))) : null, groups.map(grouped))
    say(this.status, counted(total))
    this.help.hidden = true
    if (unanswered.length || !total) this.advise(unanswered)
    const wish = this.wish
    this.wish = null
    wish?.()
  }

  /* What to do when the words, or some of them, are nowhere. */
  advise(unanswered) {
    const nowhere = unanswered.map((word) => `“${word}”`).join(" or ")
    const lines = []
    if (nowhere && this.list.children.length) lines.push(element("p", {}, `No page has ${nowhere}. The results are for your other words.`))
    else if (nowhere) lines.push(element("p", {}, `No page has ${nowhere}. Leave a word out, or say it in other words.`))
    if (!this.list.children.length) {
      lines.push(element("p", {}, "You can also ", element("a", { href: address("problems/") }, "start from your problem"), " or ",
        element("a", { href: address("about/glossary/") }, "look up a word"), "."))
    }
    show(this.help, lines)
    this.help.hidden = !lines.length
  }

  /* Arrows go through the results and back into the box; Escape closes. */
  press(event) {
    if (event.key === "Escape") {
      event.preventDefault()
      event.stopPropagation()
      if (this.list.contains(document.activeElement)) this.input.focus()
      this.close()
      return
    }
    if (!["ArrowDown", "ArrowUp"].includes(event.key) || !this.toggle.checked) return
    if (document.activeElement !== this.input && !this.list.contains(document.activeElement)) return
    event.preventDefault()
    const step = event.key === "ArrowDown" ? 1 : -1
    this.whenAnswered(() => this.step(step))
  }

  step(step) {
    const stops = [this.input, ...this.list.querySelectorAll("a, button")]
    const at = stops.indexOf(document.activeElement)
    stops[(at + step + stops.length) % stops.length].focus()
  }
}

function counted(total) {
  if (!total) return "Nothing found"
  return total === 1 ? "1 result" : `${total.toLocaleString("en")} results`
}

/* A list under a heading, so that a screen reader can go from one to the next. */
function titled(heading, ...content) {
  return element("section.hb-found", {}, element("h2.hb-found-heading", {}, heading), content)
}

function listed(items) {
  return element("ol.md-search-result__list", {}, items)
}

/* The results of one kind, of which the rest is there for the asking. */
function grouped({ heading, total, results }) {
  const list = listed(results.slice(0, FIRST).map((one) => result(one)))
  const rest = results.slice(FIRST)
  const section = titled(`${heading} (${total.toLocaleString("en")})`, list)
  if (rest.length) section.append(more(heading, rest, list, total))
  return section
}

function more(heading, rest, list, total) {
  const all = list.children.length + rest.length
  const offer = total > all ? `Show the best ${all}` : `Show all ${total}`
  const button = element("button.hb-found-more", { type: "button", "aria-label": `${offer} under ${heading}`, onclick: () => {
    const items = rest.map((one) => result(one))
    list.append(...items)
    items[0].querySelector("a").focus() // the button is about to go
    button.remove()
  } }, offer)
  return button
}

function result({ kind, url, title, lang, teaser, terms }, label) {
  const found = new Set(terms)
  return element("li.md-search-result__item", {},
    element("a.md-search-result__link", { href: address(url) },
      label ? element(`span.hb-found-kind.hb-found-${kind}`, {}, label) : null, label ? " " : null,
      element("span.hb-found-title", { lang }, marked(title, found))),
    element("p.hb-found-teaser", {}, marked(teaser, found)))
}

/* `text` with the words that were looked for marked. */
function marked(text, found) {
  return text.split(/([\p{L}\p{N}\p{M}]+)/u).filter(Boolean).map((part) => (words(part).some((word) => found.has(word)) ? element("mark", {}, part) : part))
}
