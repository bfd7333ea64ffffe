/* The finder: three questions, and what fits the answers with the reason for each. */

import { address, read as readData } from "../lib/data.js"
import { element, say, show } from "../lib/dom.js"
import { notice } from "../lib/notice.js"
import { picker } from "../lib/picker.js"
import { follow, read, write } from "../lib/state.js"
import { filter, ORDERS, relaxations, sorted, values } from "./filter.js"

const QUESTIONS = ["sector", "with", "need"]
const RECORDS = [
  { id: "recommendation", label: "Recommendations", kind: "Recommendation", one: "recommendation", many: "recommendations" },
  { id: "tool", label: "Tools", kind: "Tool", one: "tool", many: "tools" },
  { id: "lesson", label: "Lessons", kind: "Lesson", one: "lesson", many: "lessons" },
]
const AT_FIRST = 8

/** Bring the finder to life in `place`. */
export async function start(place) {
  let data
  try {
    data = await readData("finder.json")
  } catch (error) {
    place.prepend(element("p.hb-notice", { role: "alert" }, error.message))
    place.classList.add("hb-part-missing")
    return
  }
  new Finder(place, data).open()
}

class Finder {
  constructor(place, data) {
    this.place = place
    this.data = data
    this.facets = [...data.facets, { id: "record", label: "What you want", values: RECORDS }]
    this.all = new Set() // groups of results that the reader has opened in full
    this.boxes = new Map()
    this.counts = new Map()
  }

  open() {
    this.status = element("p.hb-status.hb-stays", { role: "status", tabindex: "-1" })
    this.notes = element("div")
    this.results = element("div")
    show(this.place, this.form(), this.notes, this.status, this.results)
    // The shortlist is no part of the question, and its buttons say themselves what they did.
    follow(({ detail }) => (String(detail) === "pick" ? null : this.update()))
    this.update()
  }

  // -- the questions ---------------------------------------------------------

  form() {
    const more = this.facets.filter(({ id }) => !QUESTIONS.includes(id)).map((facet) => this.fieldset(facet, "checkbox"))
    this.more = element("details.hb-more", {}, element("summary", {}, "More filters"), element("div.hb-form", {}, more))
    return element(
      "form.hb-form",
      { onsubmit: (event) => event.preventDefault(), "aria-label": "Finder" },
      this.facets.filter(({ id }) => QUESTIONS.includes(id)).map((facet) => this.fieldset(facet, facet.id === "sector" ? "radio" : "checkbox")),
      this.more,
      element("div.hb-actions", {}, this.sortField(), element("button.hb-button", { type: "button", onclick: () => this.clear() }, "Start again")),
    )
  }

  fieldset(facet, type) {
    const open = type === "radio" ? [{ id: "", label: "Any" }] : []
    return element(
      "fieldset",
      {},
      element("legend", {}, facet.label),
      facet.description ? element("p.hb-hint", {}, facet.description) : null,
      element("ul.hb-choices", {}, [...open, ...facet.values].map((value) => element("li", {}, this.choice(facet, value, type)))),
    )
  }

  choice(facet, value, type) {
    const box = element("input", { type, name: facet.id, value: value.id, onchange: () => this.chose(facet.id) })
    const count = element("span.hb-count")
    this.boxes.set(`${facet.id} ${value.id}`, box)
    this.counts.set(`${facet.id} ${value.id}`, count)
    return element("label.hb-choice", {}, box, element("span", {}, value.label), count)
  }

  sortField() {
    this.order = element(
      "select",
      { onchange: () => write({ sort: [this.order.value] }, { step: true }) },
      Object.entries(ORDERS).map(([id, { label }]) => element("option", { value: id }, label)),
    )
    return element("label.hb-field", {}, "Order ", this.order)
  }

  chose(facet) {
    const values = [...this.boxes.entries()].filter(([key, box]) => key.startsWith(`${facet} `) && box.checked && box.value).map(([, box]) => box.value)
    write({ [facet]: values }, { step: true })
  }

  clear() {
    write(Object.fromEntries([...this.facets.map(({ id }) => [id, []]), ["sort", []]]), { step: true })
    this.boxes.values().next().value.focus()
  }

  // -- what is chosen --------------------------------------------------------

  chosen() {
    const state = read().values
    const notes = []
    const chosen = new Map()
    for (const facet of this.facets) {
      const known = new Set(facet.values.map(({ id }) => id))
      const asked = state.get(facet.id) ?? []
      const good = asked.filter((value) => known.has(value)).slice(0, facet.id === "sector" ? 1 : undefined)
      if (good.length) chosen.set(facet.id, new Set(good))
      if (facet.id === "sector" && asked.filter((value) => known.has(value)).length > 1) notes.push("The link asks for more than one sector. The first was taken.")
      const lost = asked.filter((value) => !known.has(value))
      for (const value of lost) notes.push(`The link asks for “${value.slice(0, 40)}” under “${facet.label}”, which this handbook does not have. It was left out.`)
    }
    if (state.has("state")) notes.push("The link asks for a state of recommendations. The finder does not sort them by that; the matrix does.")
    const usual = chosen.has("sector") ? "sector" : "handbook"
    const order = state.get("sort")?.[0] ?? usual
    return { chosen, notes, order: Object.hasOwn(ORDERS, order) && (order !== "sector" || chosen.has("sector")) ? order : usual }
  }

  update() {
    const { chosen, notes, order } = this.chosen()
    const { found, near, counts } = filter(this.data.entries, chosen, this.facets.map(({ id }) => id))
    for (const [key, box] of this.boxes) {
      const [facet, value] = key.split(" ")
      box.checked = value ? chosen.get(facet)?.has(value) ?? false : !chosen.has(facet)
      const count = this.counts.get(key)
      if (value) show(count, element("span.hb-hidden", {}, ", "), String(counts.get(facet)?.get(value) ?? 0))
    }
    if ([...chosen.keys()].some((facet) => !QUESTIONS.includes(facet))) this.more.open = true
    this.order.value = order
    this.order.querySelector("[value=sector]").disabled = !chosen.has("sector")
    const besides = { sector: [...(chosen.get("sector") ?? [])][0], reasons: Object.keys(this.data.reasons) }
    show(this.notes, notice(notes))
    const close = this.close(near, found, chosen)
    say(this.status, this.summary(found, chosen, close))
    // Advice that misses one answer says more than a lesson that misses none.
    const first = found.some(({ record }) => record === RECORDS[0].id) ? null : this.nearly(close, chosen, besides, RECORDS.slice(0, 1))
    const rest = this.nearly(close, chosen, besides, first ? RECORDS.slice(1) : RECORDS)
    show(this.results, found.length ? null : this.nothing(chosen), first, found.length ? this.groups(sorted(found, order, besides), chosen) : null, rest, this.next())
  }

  summary(found, chosen, close) {
    const fits = found.length ? `${chosen.size ? "What fits" : "All there is"}: ${counted(found)}.` : "Nothing in the handbook fits all of this."
    // Two lessons and no advice would discourage; what is lacking here is often near.
    const lacking = [...close.keys()].filter(({ record }) => !found.some((entry) => entry.record === record))
    return lacking.length ? `${fits} All but one of your answers: ${counted(lacking)}.` : fits
  }

  // -- what was found --------------------------------------------------------

  groups(found, chosen) {
    return RECORDS.map((group) => {
      const entries = found.filter((entry) => entry.record === group.id)
      if (!entries.length) return null
      const shown = this.all.has(group.id) ? entries : entries.slice(0, AT_FIRST)
      const list = element("ul", {}, shown.map((entry) => this.card(entry, chosen)))
      return element(
        "section",
        { "aria-label": group.label },
        element("h2", {}, `${group.label} (${entries.length})`),
        element("div.hb-cards", {}, list),
        shown.length < entries.length ? this.moreButton(group, entries.length, chosen) : null,
      )
    })
  }

  moreButton(group, count) {
    const open = () => {
      this.all.add(group.id)
      this.update()
      const links = this.results.querySelectorAll(`section[aria-label="${group.label}"] .hb-card-title`)
      links[AT_FIRST]?.focus()
    }
    return element("p", {}, element("button.hb-button", { type: "button", onclick: open }, `Show all ${count} ${group.many}`))
  }

  // Two or three answers together leave little over, so what fits all but one of them is shown as well, with the one it misses.
  close(near, found, chosen) {
    if (chosen.size < 2 || found.length >= AT_FIRST) return new Map()
    return new Map(near.filter((row) => QUESTIONS.includes(row.missed)).map((row) => [row.entry, row.missed]))
  }

  nearly(missed, chosen, besides, records) {
    const ordered = sorted([...missed.keys()], besides.sector ? "sector" : "handbook", besides)
    const shown = records.flatMap(({ id }) => ordered.filter((entry) => entry.record === id).slice(0, 4))
    if (!shown.length) return null
    const what = records.length === 1 ? records[0].label : records.length < RECORDS.length ? "Tools and lessons" : "What"
    const title = `${what} ${what === "What" ? "fits" : "that fit"} all but one of your answers`
    return element(
      "section",
      { "aria-label": title },
      element("h2", {}, title),
      element("div.hb-cards", {}, element("ul", {}, shown.map((entry) => this.card(entry, chosen, missed.get(entry))))),
    )
  }

  card(entry, chosen, missed) {
    const reasons = this.reasons(entry, chosen)
    const lacks = missed && `${LACKS[missed]} ${this.names(missed, chosen)}`
    return element(
      "li",
      {},
      element("p", {}, element("a.hb-card-title", { href: address(entry.url) }, entry.title)),
      missed ? element("p.hb-hint", {}, RECORDS.find(({ id }) => id === entry.record).kind) : null,
      element("p", {}, entry.summary),
      reasons.length ? element("p.hb-reasons", {}, element("strong", {}, "Listed because: "), reasons.join("; "), ".") : null,
      lacks ? element("p.hb-reasons", {}, element("strong", {}, "But "), lacks, ".") : null,
      element("p.hb-picker", {}, picker(entry, { small: true }).nodes),
    )
  }

  next() {
    return element(
      "section",
      { "aria-label": "What next" },
      element("h2", {}, "What next?"),
      element(
        "div.hb-actions",
        {},
        element("a.hb-button.hb-first", { href: address("fit-check/") }, "Check whether it fits you"),
        element("a.hb-button", { href: address("compare/") }, "Compare your shortlist"),
        element("a.hb-button", { href: address("plan/") }, "Make a plan for your board"),
      ),
    )
  }

  reasons(entry, chosen) {
    const found = []
    for (const facet of this.facets) {
      const wanted = chosen.get(facet.id)
      if (!wanted || facet.id === "record") continue
      const hits = values(entry, facet.id).filter((value) => wanted.has(value))
      if (facet.id === "sector") found.push(...hits.map((value) => this.data.reasons[entry.sector[value]].toLowerCase()))
      else found.push(...hits.map((value) => `${WORDS[facet.id]} “${facet.values.find(({ id }) => id === value).label}”`))
    }
    return found
  }

  names(facet, chosen) {
    const { values: known } = this.facets.find(({ id }) => id === facet)
    return known.filter(({ id }) => chosen.get(facet).has(id)).map((value) => `“${value.label}”`).join(" or ")
  }

  nothing(chosen) {
    const ways = relaxations(this.data.entries, chosen).filter(({ count }) => count)
    if (!ways.length) return element("div.hb-notice", {}, element("p", {}, "Taking one choice back is not enough. Take back two, or press “Start again”."))
    const drops = ways.map(({ facet, count }) => {
      const { label } = this.facets.find(({ id }) => id === facet)
      const drop = () => {
        write({ [facet]: [] }, { step: true })
        this.status.focus()
      }
      return element("li", {}, element("button.hb-button", { type: "button", onclick: drop }, `Drop ${this.names(facet, chosen)} (${label.toLowerCase()}): ${count} would fit`))
    })
    return element("div.hb-notice", {}, element("p", {}, "Take one of your choices back:"), element("ul.hb-choices", {}, drops))
  }
}

function counted(entries) {
  return RECORDS.map(({ id, one, many }) => [entries.filter((entry) => entry.record === id).length, one, many])
    .filter(([count]) => count)
    .map(([count, one, many]) => `${count} ${count === 1 ? one : many}`)
    .join(", ")
}

const WORDS = {
  with: "you work with",
  need: "it helps when you say",
  kind: "what happened:",
  breadth: "how widely it was reported:",
  "outcome-known": "outcome:",
}

const LACKS = {
  sector: "nothing links it to",
  with: "you do not work with",
  need: "it is not said to help when you say",
}
