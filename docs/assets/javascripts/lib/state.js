/* What the reader has chosen, kept in the address after "#", so that a link carries it.
 *
 * The form is #anchor!key=value,value&key=value. What stands before the
 * exclamation mark is a place in the page, as in any address. Some keys travel:
 * links to other pages of the handbook take them along.
 */

/** The longest state that is read. Longer addresses are cut off by some mail programs, so nothing of ours makes them. */
export const LONGEST = 6000

/** Every key that a page of the handbook may use, and whether links to other pages take it along. */
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
  lead: { travels: false }, // changed lead times: step.weeks
  note: { travels: false }, // what the reader wrote into the plan
}

/**
 * The state in a fragment.
 * @param {string} fragment with or without "#"
 * @returns {{anchor: string, values: Map<string, string[]>, notes: string[]}} notes say, in words for readers, what was left out and why
 */
export function parse(fragment) {
  const text = fragment.replace(/^#/, "")
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
  return { anchor, values, notes }
}

function decoded(text) {
  try {
    return text.split(",").filter(Boolean).map((value) => decodeURIComponent(value))
  } catch {
    return null
  }
}

function short(text) {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
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
  return encodeURIComponent(value).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** The state in the present address. */
export function read() {
  return parse(location.hash)
}

/**
 * Change some keys of the present address and leave the others.
 * @param {Object<string, string[]>} changes an empty list removes the key
 * @param {{step?: boolean}} [options] step: whether the back button should undo it
 */
export function write(changes, { step = false } = {}) {
  const { anchor, values } = read()
  for (const [key, value] of Object.entries(changes)) values.set(key, value)
  const fragment = format(values, anchor)
  const url = `${location.pathname}${location.search}${fragment ? `#${fragment}` : ""}`
  if (url === `${location.pathname}${location.search}${location.hash}`) return
  if (step) history.pushState(null, "", url)
  else history.replaceState(null, "", url)
  dispatchEvent(new CustomEvent("hb-state", { detail: Object.keys(changes) }))
}

/** Call `listener` whenever the state changes, by the page itself, by the back button or by a link. */
export function follow(listener) {
  addEventListener("hb-state", listener)
  addEventListener("popstate", listener)
  addEventListener("hashchange", listener)
}

/** What of the present state a link to another page takes along. */
export function travelling() {
  const { values } = read()
  return new Map([...values].filter(([key]) => KEYS[key].travels))
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
  const target = parse(url.hash)
  const fragment = format(new Map([...travelling(), ...target.values]), target.anchor)
  link.setAttribute("href", `${url.origin}${url.pathname}${url.search}${fragment ? `#${fragment}` : ""}`)
}
