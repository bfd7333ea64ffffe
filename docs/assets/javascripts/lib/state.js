/* What the reader has chosen, kept in the address after "#", so that a link carries it.
 *
 * The form is #anchor!key=value,value&key=value. What stands before the
 * exclamation mark is a place in the page, as in any address. Some keys travel:
 * links to other pages of the handbook take them along.
 */

import { HOME } from "./data.js"

/** The longest state that is read. Longer addresses are cut off by some mail programs, so nothing of ours makes them. */
export const LONGEST = 6000

/** The pages among which what the reader wrote for the plan travels. In the address of any other page it has no business. */
const TOOLS = ["plan/", "compare/", "questions/", "fit-check/"]

/** So much of a link stays free for the rest when what the reader wrote travels. */
const ROOM = 2000

/** So many sentences say what a link carries in vain; one more says that there is more. */
const MOST_NOTES = 5

/** Every key that a page of the handbook may use, and whether links to other pages take it along: to all of them, or among the tools only. */
export const KEYS = {
  pick: { travels: true }, // the shortlist: lesson.id, tool.id, recommendation.id
  fit: { travels: true }, // answers of the fit check: condition.answer
  sector: { travels: true },
  with: { travels: false },
  need: { travels: false },
  kind: { travels: false },
  field: { travels: false },
  breadth: { travels: false },
  "outcome-known": { travels: false },
  state: { travels: false },
  record: { travels: false },
  sort: { travels: false },
  side: { travels: false }, // which of the shortlist stand side by side
  hide: { travels: false }, // rows of the comparison in which all agree
  for: { travels: false }, // the one recommendation that is looked at
  date: { travels: true }, // the day of the event
  event: { travels: "tools" }, // the tools that take place on that day
  lead: { travels: "tools" }, // changed lead times: step.weeks
  note: { travels: "tools" }, // what the reader wrote into the plan
}

/**
 * The state in a fragment.
 * @param {string} fragment with or without "#"
 * @returns {{anchor: string, values: Map<string, string[]>, notes: string[]}} notes say, in words for readers, what was left out and why
 */
export function parse(fragment) {
  const text = whole(fragment.replace(/^#/, ""))
  const mark = text.indexOf("!")
  const anchor = mark < 0 ? text : text.slice(0, mark)
  const values = new Map()
  const notes = []
  if (mark < 0) return { anchor, values, notes }
  if (text.length > LONGEST) {
    notes.push("The link is longer than a link of this handbook can be. What it carries was not read.")
    return { anchor, values, notes }
  }
  for (const pair of text.slice(mark + 1).split("&").filter(Boolean)) {
    const [key, ...rest] = pair.split("=")
    const known = Object.hasOwn(KEYS, key)
    const found = known ? decoded(rest.join("=")) : null
    if (!known) notes.push(`The link carries “${short(key)}”, which this handbook does not know. It was left out.`)
    else if (found === null) notes.push(`What the link carries as “${key}” is damaged. It was left out.`)
    else values.set(key, [...new Set([...(values.get(key) ?? []), ...found])])
  }
  return { anchor, values, notes: few([...new Set(notes)]) }
}

function few(notes) {
  return notes.length > MOST_NOTES ? [...notes.slice(0, MOST_NOTES), "The link carries more that this handbook cannot read. It was left out."] : notes
}

/* Half of a character, as a text that was cut off can end with, cannot stand in an address. */
function whole(text) {
  return text.replace(/\p{Cs}/gu, "\ufffd")
}

function decoded(text) {
  try {
    return text.split(",").filter(Boolean).map((value) => decodeURIComponent(value))
  } catch {
    return null
  }
}

function short(text) {
  return text.length > 40 ? `${whole(text.slice(0, 40))}…` : text
}

/**
 * A fragment, without "#". It is empty if there is nothing to say.
 * @param {Map<string, string[]>} values
 * @param {string} [anchor]
 */
export function format(values, anchor = "") {
  const pairs = []
  for (const key of Object.keys(KEYS)) {
    const found = values.get(key) ?? []
    if (found.length) pairs.push(`${key}=${found.map(encoded).join(",")}`)
  }
  return pairs.length ? `${anchor}!${pairs.join("&")}` : anchor
}

function encoded(value) {
  // encodeURIComponent keeps "!", which is our mark, and "'", which some mail programs end a link at.
  return encodeURIComponent(whole(value)).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** The state in the present address. */
export function read() {
  return parse(location.hash)
}

/**
 * Change some keys of the present address and leave the others.
 * @param {Object<string, string[]>} changes an empty list removes the key
 * @param {{step?: boolean, since?: Map<string, string[]>|null}} [options] step: whether the back button should undo it;
 *   since: the state before the last step, if this goes on with that step and is no new one
 * @returns {boolean} whether the address says it now; it does not if it would be too long to be read again
 */
export function write(changes, { step = false, since = null } = {}) {
  const { anchor, values: before } = read()
  const values = new Map([...before, ...Object.entries(changes)])
  const fragment = format(values, anchor)
  if (`#${fragment}` === location.hash || (!fragment && !location.hash)) return true
  if (fragment.length > LONGEST) {
    dispatchEvent(new CustomEvent("hb-full"))
    return false
  }
  if (step && since) history.replaceState({ trail: [...trail().slice(0, -1), difference(since, values)] }, "", target(fragment))
  else if (step) history.pushState({ trail: [...trail(), difference(before, values)] }, "", target(fragment))
  else history.replaceState(history.state, "", target(fragment))
  dispatchEvent(new CustomEvent("hb-state", { detail: Object.keys(changes) }))
  return true
}

/** Give the present address another state and tell nobody. `kept` is what the browser keeps with its entry in the history. */
export function settle(values, anchor, kept = history.state) {
  history.replaceState(kept, "", target(format(values, anchor)))
}

function target(fragment) {
  return `${location.pathname}${location.search}${fragment ? `#${fragment}` : ""}`
}

/** What each step on this page has changed, up to the present one; the browser keeps it with its entry in the history. */
export function trail() {
  return history.state?.trail ?? []
}

/** What a step changes: by key, the values that are gone and those that have come. */
export function difference(before, after) {
  const found = {}
  for (const key of Object.keys(KEYS)) {
    const [old, now] = [before.get(key) ?? [], after.get(key) ?? []]
    const [gone, come] = [old.filter((value) => !now.includes(value)), now.filter((value) => !old.includes(value))]
    if (gone.length || come.length) found[key] = { gone, come }
  }
  return found
}

/** Call `listener` whenever the state changes, by the page itself, by the buttons of the browser or by a link. */
export function follow(listener) {
  addEventListener("hb-state", listener)
  addEventListener("hb-arrival", listener)
  addEventListener("popstate", listener)
  addEventListener("hashchange", listener)
}

/** The keys that travel from one page of the handbook to another; without two addresses, those that travel everywhere. */
export function travelling(...pages) {
  const tools = pages.length && pages.every((url) => TOOLS.some((tool) => new URL(tool, HOME).pathname === new URL(url).pathname))
  return Object.keys(KEYS).filter((key) => KEYS[key].travels === true || (tools && KEYS[key].travels === "tools"))
}

/** The full address that `link` leads to. A link in a drawing keeps it in another form than a link in the text. */
export function leadsTo(link) {
  return new URL(link.getAttribute("href"), document.baseURI).href
}

const written = new WeakMap()

/** Let `link`, an element that leads to another page of the handbook, take the travelling part of the state along. */
export function load(link) {
  if (!written.has(link)) written.set(link, leadsTo(link))
  const url = new URL(written.get(link))
  const own = parse(url.hash)
  const { values } = read()
  const taken = (keys) => format(new Map([...[...values].filter(([key]) => keys.includes(key)), ...own.values]), own.anchor)
  const whole = taken(travelling(location.href, url))
  const fragment = whole.length > LONGEST - ROOM ? taken(travelling()) : whole
  link.setAttribute("href", `${url.origin}${url.pathname}${url.search}${fragment ? `#${fragment}` : ""}`)
}
