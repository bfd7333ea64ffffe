/* Above the plan: what it is called, for whom and when, and what it is made of. */

import { address } from "../lib/data.js"
import { element, show, shower } from "../lib/dom.js"
import { page, toggle } from "../lib/shortlist.js"
import { spelled, today, withWeekday } from "./dates.js"
import { dayInput } from "./day.js"
import { FIELDS } from "./edits.js"
import { ENOUGH } from "./lines.js"

const UNTITLED = "Proposal to the board"
const AGAINST = "Report to the board: not now"

/** What the plan is called where the reader has given it no title. */
export function titleOf({ fields, against }) {
  return fields.get("title") || (against ? AGAINST : UNTITLED)
}

/** What stands under the title: who, in which sector, when. */
export function under(plan, { sector }) {
  const made = plan.fields.get("made") || today()
  return [
    plan.fields.get("org"), sector?.title, plan.event && `event on ${withWeekday(plan.event)}`, `written on ${spelled(made)}`,
  ].filter(Boolean)
}

/** How to read the marks. */
export const KEY = "Numbers lead to the sources at the end. “Inferred” means that the editors of the handbook conclude it from that source, “suggested” that it is their own advice, “ours” that we wrote it. Lines without a mark are put together from the handbook’s records. Nothing here is proven across sectors."

/** Where the plan comes from, in words and with its address. */
export const CREDIT = { text: "Put together with the transfer handbook (CC BY 4.0):", href: address("") }

/** The head of the page: a form on the screen, a title on paper. */
export function head(act) {
  const inputs = {
    title: textInput("title", UNTITLED, act),
    org: textInput("org", null, act),
    sector: element("select", { id: "plan-sector", onchange: (event) => act.choose({ sector: event.target.value ? [event.target.value] : [] }) }),
  }
  const days = {
    made: dayInput("plan-made", (day) => act.note("made", day), act.done),
    date: dayInput("plan-date", (day, since) => act.choose({ date: day ? [day] : [] }, since), act.done),
  }
  const form = element("div.hb-form.hb-plan-form", { role: "group", "aria-label": "About this plan" },
    field("Title", inputs.title), field("Your organisation", inputs.org), field("Your sector", inputs.sector),
    field("Day of the event", days.date.node, "The latest date for each step is counted back from it."), field("Day of this plan", days.made.node))
  const onDay = element("fieldset.hb-plan-days")
  const chosen = element("div.hb-plan-chosen", { tabindex: "-1" })
  const title = element("div.hb-plan-title")
  const showChosen = shower(chosen, (items, sectors) => (items.length ? choice(items, act) : empty(sectors)))
  const drawDays = daysIn(onDay, act)
  form.append(onDay)
  return {
    form: element("div", {}, chosen, form),
    title,
    draw(plan, material, elsewhere) {
      const gone = chosen.contains(document.activeElement) ? [...chosen.querySelectorAll("button")].indexOf(document.activeElement) : -1
      showChosen(material.items, [...material.sectors.values()])
      form.hidden = !material.items.length
      fill(inputs, plan, material, elsewhere)
      days.made.hold(plan.fields.get("made") || today(), elsewhere)
      days.date.hold(material.event ?? "", elsewhere)
      drawDays(plan)
      show(title, ...(material.items.length ? masthead(plan, material) : []))
      if (gone >= 0) goOn(chosen, gone, inputs.title)
    },
  }
}

/* The button that was pressed is gone: the next one takes its place. */
function goOn(chosen, at, title) {
  const next = [...chosen.querySelectorAll("button")].at(at)
  if (next) next.focus()
  else if (chosen.querySelector("button")) title.focus()
  else chosen.focus()
}

/* Which tools take place on the day of the event, if there is something to choose. */
function daysIn(days, act) {
  const set = (box, open) => {
    const ticked = [...days.querySelectorAll("input:checked")].map(({ value }) => value)
    if (ticked.length || open) return act.choose({ event: ticked })
    box.checked = true
    return act.done("One of them has to take place on that day. Tick another one first.")
  }
  const box = ({ id, title }, open) => element("li", {}, element("label.hb-choice", {},
    element("input", { type: "checkbox", id: `plan-on-${id}`, value: id, onchange: (event) => set(event.target, open) }), title))
  const showBoxes = shower(days, (tools, open) => [element("legend", {}, "Which of these takes place on that day?"),
    element("p.hb-hint", {}, "Only what is ticked is counted back from that day."), element("ul.hb-choices", {}, ...tools.map((tool) => box(tool, open)))])
  return ({ held, apart, open }) => {
    const tools = [...held, ...apart].map(({ id, title }) => ({ id, title })).sort((one, other) => one.title.localeCompare(other.title))
    days.hidden = tools.length < (open ? 1 : 2)
    showBoxes(tools, open)
    for (const input of days.querySelectorAll("input")) input.checked = held.some(({ id }) => id === input.value)
  }
}

function textInput(name, placeholder, act) {
  return element("input", { type: "text", id: `plan-${name}`, maxlength: FIELDS[name], placeholder, autocomplete: "off", onchange: (event) => act.note(name, event.target.value.trim()) })
}

function field(label, input, hint) {
  const id = `${input.id}-hint`
  if (hint) input.setAttribute("aria-describedby", id)
  return element("div.hb-field", {}, element("label", { for: input.id }, label), input, hint ? element("p.hb-hint", { id }, hint) : null)
}

function fill(inputs, plan, { sectors, sector }, elsewhere) {
  const values = { title: plan.fields.get("title") ?? "", org: plan.fields.get("org") ?? "" }
  // Not where the reader types; but another address counts.
  for (const [name, value] of Object.entries(values)) if (elsewhere || inputs[name] !== document.activeElement) inputs[name].value = value
  show(inputs.sector, element("option", { value: "" }, "Not chosen"), ...[...sectors.values()].map(({ id, title }) => element("option", { value: id }, title)))
  inputs.sector.value = sector?.id ?? ""
}

function masthead(plan, material) {
  return [element("p.hb-plan-name", {}, titleOf(plan)), element("p.hb-plan-under", {}, under(plan, material).join(" · ")),
    element("p.hb-plan-marks", {}, KEY)]
}

function choice(items, act) {
  const rows = items.map((item) => element("li", {}, element("a", { href: page(item) }, item.title), " ",
    element("button.hb-button", { type: "button", onclick: () => { toggle(item.record, item.id); act.done(`${item.title} is off your shortlist.`) } },
      "Take off my shortlist", element("span.hb-hidden", {}, `: ${item.title}`))))
  const many = items.length > ENOUGH
    ? element("p.hb-notice", {}, `You have chosen ${items.length}. A board decides more easily on two or three, and two pages have room for no more. Take off what can wait.`)
    : null
  return [element("p.hb-plan-label", {}, "Made of your shortlist:"), element("ul", {}, ...rows), many]
}

function empty(sectors) {
  const link = (url, text) => element("a", { href: address(url) }, text)
  const away = sectors.filter(({ home }) => !home)
  return [element("div.hb-monday", {},
    element("p", {}, element("strong", {}, "Your shortlist is empty, so there is nothing to plan yet.")),
    element("p", {}, "Choose two or three things first, and come back. Start from ", link("find/", "three questions"), ", from ",
      link("transfer/", "the recommendations"), ", from ", link("toolbox/", "the tools"), ", or from ", link("problems/", "your problem"), "."),
    element("p", {}, "What is known of your sector: ", ...away.flatMap(({ url, title }, at) => [at ? ", " : "", link(url, title)]), "."))]
}
