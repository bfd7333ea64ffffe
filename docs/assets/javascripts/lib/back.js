/* Back and forward. On the same page they undo and redo a step, and only that: what else the reader has chosen since
 * stays. To another page of the handbook the newest choices come along, as they do over links.
 *
 * The page left is known from the browser's navigation API, so nothing is stored. A link or an address that brings a
 * list or answers of its own begins a line of its own: on the way back it replaces nothing, nor is it replaced.
 */

import { HOME } from "./data.js"
import { difference, follow, format, LONGEST, parse, read, settle, trail, travelling } from "./state.js"

/* Of two values with the same name, such as two answers to one question, only one can be chosen. */
const NAMES = {
  fit: (value) => value.split(".")[0],
  sector: () => "",
  date: () => "",
  lead: (value) => value.slice(0, value.lastIndexOf(".")),
  note: (value) => value.split(":")[0],
}

let known = null // the state of the address when it was last looked at, and the trail there
let kept = null // the state to put back when the browser has gone to a place in this page
let line = null // the name of the line to which the choices in the address belong

/** Whether this browser tells which page was left, so that the choices come along with its back button. */
export const COMES_BACK = Boolean(window.navigation && "activation" in window.navigation)

/** Begin to follow the browser's buttons. To be called before anything else that follows the state. */
export function back() {
  arrive()
  for (const event of ["popstate", "hashchange"]) addEventListener(event, turn)
  addEventListener("hb-state", () => {
    sign()
    know()
  })
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return
    arrive()
    dispatchEvent(new CustomEvent("hb-arrival"))
  })
}

/** The next place in this page that the browser goes to keeps the present state. */
export function stay() {
  kept = read().values
}

function know() {
  known = { values: read().values, trail: trail() }
}

// -- on the same page ----------------------------------------------------------

function turn() {
  if (history.state?.trail) step()
  else join()
  kept = null
  sign()
  know()
}

/* A link in the page, or the reader, has changed the address: a step of its own. */
function join() {
  const { anchor, values } = read()
  const now = kept?.size && !location.hash.includes("!") ? kept : values
  settle(now, anchor, { trail: [...known.trail, difference(known.values, now)] })
}

/* The browser has gone some steps back or forward. Their own changes are turned, everything else that travels stays. */
function step() {
  const { anchor, values } = read()
  const before = format(values)
  const [then, now] = [known.trail, trail()]
  const undone = then.slice(now.length).reverse()
  const redone = now.slice(then.length)
  for (const key of travelling(location.href)) {
    const was = known.values.get(key) ?? []
    let is = undone.reduce((found, { [key]: change }) => turned(key, found, change?.come, change?.gone), was)
    is = redone.reduce((found, { [key]: change }) => turned(key, found, change?.gone, change?.come), is)
    values.set(key, is === was ? was : inOrder(is, values.get(key) ?? []))
  }
  if (format(values) !== before) settle(values, anchor)
}

function turned(key, values, off = [], on = []) {
  if (!off.length && !on.length) return values
  const name = NAMES[key] ?? ((value) => value)
  const touched = new Set([...off, ...on].map(name))
  return [...values.filter((value) => !touched.has(name(value))), ...on]
}

function inOrder(values, order) {
  return [...order.filter((value) => values.includes(value)), ...values.filter((value) => !order.includes(value))]
}

// -- from another page -----------------------------------------------------------

function arrive() {
  if (!history.state?.trail) history.replaceState({ trail: [] }, "")
  const { from, navigationType: type } = window.navigation?.activation ?? {}
  line = lineOf(window.navigation?.currentEntry) ?? Math.random().toString(36).slice(2)
  if (isPage(from?.url)) {
    if (type === "traverse") takeOver(from)
    else if (type !== "reload") goOn(from)
  }
  sign()
  know()
}

/* Only pages run this script; of what else the site has nothing can be taken over. */
function isPage(url) {
  return Boolean(url?.startsWith(HOME.href)) && /(\/|\.html)$/.test(new URL(url).pathname)
}

function lineOf(entry) {
  return entry?.getState()?.line
}

/* What is otherwise on the page left than at the place that the browser has come to is turned here. The reader may
 * have gone on to another place in this page before its scripts ran, and that step holds. */
function takeOver(from) {
  if (lineOf(from) !== line) return
  const there = parse(new URL(from.url).hash)
  const came = parse(new URL(window.navigation.activation.entry.url ?? location.href).hash).values
  const changes = difference(came, there.values)
  const { anchor, values } = read()
  const before = format(values)
  for (const key of travelling(from.url, location.href)) {
    // What could not be read there takes nothing away here.
    if (!there.values.has(key) && there.notes.length) continue
    const is = turned(key, values.get(key) ?? [], changes[key]?.gone, changes[key]?.come)
    values.set(key, inOrder(is, there.values.get(key) ?? []))
  }
  if (format(values) !== before && format(values, anchor).length <= LONGEST) settle(values, anchor)
}

/* The reader has come by a link or by an address. Our own links carry the list and the answers along. */
function goOn(from) {
  const there = parse(new URL(from.url).hash).values
  const { anchor, values } = read()
  if (["pick", "fit"].some((key) => String(there.get(key) ?? []) !== String(values.get(key) ?? []))) return
  line = lineOf(from) ?? line
  const all = new Map([...written(), ...values])
  if (all.size > values.size && format(all, anchor).length <= LONGEST) settle(all, anchor)
}

/* What was written for the plan, if this page is one of those among which it travels: from the last of them in this tab. */
function written() {
  const only = travelling(location.href).filter((key) => !travelling().includes(key))
  const { currentEntry } = window.navigation
  const earlier = window.navigation.entries().slice(0, currentEntry.index).reverse()
  const last = only.length && earlier.find((entry) => entry.url && travelling(entry.url).includes(only[0]) && lineOf(entry) === line)
  return last ? [...parse(new URL(last.url).hash).values].filter(([key]) => only.includes(key)) : []
}

/** Sign the present entry of the history with its line, for the page that the reader goes to next. */
export function sign() {
  window.navigation?.updateCurrentEntry?.({ state: { line } })
}
