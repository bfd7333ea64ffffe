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
const ADVICE = RECORDS[0]
const AT_FIRST = 8
const NEAR_AT_FIRST = 4

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
    return { chosen, notes, usual, order: Object.hasOwn(ORDERS, order) && (order !== "sector" || chosen.has("sector")) ? order : usual }
  }

  update() {
    const { chosen, notes, order, usual } = this.chosen()
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
    const unmet = unhelped(found, chosen)
    say(this.status, `${this.summary(found, chosen, close, unmet)}${order === usual ? "" : ` Order: ${ORDERS[order].label.toLowerCase()}.`}`)
    // Advice that misses one answer says more than a lesson that misses none.
    const first = found.some(({ record }) => record === ADVICE.id) ? null : this.nearly(close, chosen, besides, RECORDS.slice(0, 1))
    const rest = this.nearly(close, chosen, besides, first ? RECORDS.slice(1) : RECORDS)
    const groups = this.groups(sorted(found, order, besides), chosen, this.helping(unmet, near, chosen, besides))
    show(this.results, found.length ? null : this.nothing(chosen), first, groups, rest, this.next())
  }

  summary(found, chosen, close, unmet) {
    // Short, because it stays in sight on a phone; which problem it is stands below the recommendations.
    const lack = unmet.length ? ` No recommendation for ${unmet.length} of your ${chosen.get("need").size} problems.` : ""
    const fits = found.length ? `${chosen.size ? "What fits" : "All there is"}: ${counted(found)}.${lack}` : "Nothing in the handbook fits all of this."
    // Two lessons and no advice would discourage; what is lacking here is often near.
    const lacking = [...close.keys()].filter(({ record }) => !found.some((entry) => entry.record === record))
    return lacking.length ? `${fits} All but one of your answers: ${counted(lacking)}.` : fits
  }

  // -- what was found --------------------------------------------------------

  groups(found, chosen, helping) {
    return RECORDS.flatMap((group) => {
      const entries = found.filter((entry) => entry.record === group.id)
      if (!entries.length) return []
      const shown = this.all.has(group.id) ? entries : entries.slice(0, AT_FIRST)
      const list = element("ul", {}, shown.map((entry) => this.card(entry, chosen)))
      const section = element(
        "section",
        { "aria-label": group.label },
        element("h2", {}, `${group.label} (${entries.length})`),
        element("div.hb-cards", {}, list),
        shown.length < entries.length ? this.moreButton(group, entries, AT_FIRST, group.id) : null,
      )
      return group === ADVICE ? [section, helping] : [section]
    })
  }

  /* Shows all of the entries, of which the first few are shown; `key` tells the list from others. */
  moreButton(group, entries, few, key) {
    const open = () => {
      this.all.add(key)
      this.update()
      const next = address(entries[few].url)
      const links = [...this.results.querySelectorAll(".hb-card-title")]
      links.find(({ href }) => href.split("#")[0] === new URL(next, location.href).href.split("#")[0])?.focus()
    }
    return element("p", {}, element("button.hb-button", { type: "button", onclick: open }, `Show all ${entries.length} ${group.many}`))
  }

  // Two or three answers together leave little over, so what fits all but one of them is shown as well, with the one it misses.
  close(near, found, chosen) {
    if (chosen.size < 2 || found.length >= AT_FIRST) return new Map()
    return new Map(near.filter((row) => QUESTIONS.includes(row.missed)).map((row) => [row.entry, row.missed]))
  }

  nearly(missed, chosen, besides, records) {
    const groups = records.map((group) => [group, this.nearest(missed, besides, group)]).filter(([, entries]) => entries.length)
    if (!groups.length) return null
    const what = records.length === 1 ? records[0].label : records.length < RECORDS.length ? "Tools and lessons" : "What"
    const title = `${what} ${what === "What" ? "fits" : "that fit"} all but one of your answers`
    const lists = groups.flatMap(([group, entries]) => this.few(group, entries, missed, chosen, "near"))
    return element("section", { "aria-label": title }, element("h2", {}, title), lists)
  }

  /* What helps with the problem that the reader has comes before what does not. */
  nearest(missed, besides, { id }) {
    const entries = [...missed.keys()].filter((entry) => entry.record === id)
    const ordered = sorted(entries, besides.sector ? "sector" : "handbook", besides)
    return [...ordered.filter((entry) => missed.get(entry) !== "need"), ...ordered.filter((entry) => missed.get(entry) === "need")]
  }

  few(group, entries, missed, chosen, name) {
    const key = `${name} ${group.id}`
    const shown = this.all.has(key) ? entries : entries.slice(0, NEAR_AT_FIRST)
    return [
      element("div.hb-cards", {}, element("ul", {}, shown.map((entry) => this.card(entry, chosen, missed.get(entry))))),
      shown.length < entries.length ? this.moreButton(group, entries, NEAR_AT_FIRST, key) : null,
    ]
  }

  /* Advice on the problems that no recommendation found helps with: what misses one of the other answers only, or a word that there is none. */
  helping(unmet, near, chosen, besides) {
    if (!unmet.length) return null
    const say = this.said("need", unmet)
    const rows = near.filter(({ entry, missed }) => missed !== "need" && entry.record === ADVICE.id && values(entry, "need").some((need) => unmet.includes(need)))
    const missed = new Map(rows.map((row) => [row.entry, row.missed]))
    if (!missed.size) return element("p.hb-notice", {}, `No recommendation helps when you say ${say} and meets all but one of your other answers.`)
    const title = `What helps when you say ${say}`
    return element(
      "section",
      { "aria-label": title },
      element("h2", {}, title),
      element("p", {}, "None of the recommendations above does. What stands here does, and misses one of your other answers."),
      this.few(ADVICE, this.nearest(missed, besides, ADVICE), missed, chosen, "helping"),
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
    return this.said(facet, [...chosen.get(facet)])
  }

  said(facet, ids) {
    const { values: known } = this.facets.find(({ id }) => id === facet)
    return known.filter(({ id }) => ids.includes(id)).map((value) => `“${value.label}”`).join(" or ")
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

/* The problems that the reader has and that no recommendation among those found helps with, if any is found. */
function unhelped(found, chosen) {
  const advice = found.filter(({ record }) => record === ADVICE.id)
  return advice.length ? [...(chosen.get("need") ?? [])].filter((need) => !advice.some((entry) => values(entry, "need").includes(need))) : []
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
  with: "it is not about working with",
  need: "it is not said to help when you say",
}
