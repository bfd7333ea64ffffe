/* The search itself, beside the page, so that typing never waits for it.
 *
 * It answers as soon as the index of titles, names and summaries is there. The
 * index of all other text follows in a worker of its own, text.js.
 */

import { dictionary, readQuestion } from "./query.js"
import { load, look, order, sooner } from "./rank.js"

/** Results that stand above all others, whatever they are. */
const BEST = 3

/** Results of a kind that the page is given at most. */
const MOST = 30

/** Milliseconds that an answer waits for the index of all text. */
const PATIENCE = 50

let pending = null
let running = false
let home = ""
let books = null
let text = null // the second worker, once it can answer
let newest = 0
const waiting = new Map()

onmessage = ({ data }) => {
  if (data.home) open(data.home)
  else {
    pending = data
    newest = data.number
    if (books && !running) run()
  }
}

async function open(address) {
  home = address
  try {
    const { made, kinds, documents, wordings, index } = await read("records.json")
    books = { made, kinds, documents, known: dictionary(wordings, new Set(index.index.map(([word]) => word)), documents.map((row) => row[2])), index: load(index), kindOf: documents.map((row) => row[0]) }
  } catch (error) {
    postMessage({ failed: String(error) })
    return
  }
  run()
  openText()
}

async function read(name) {
  const answer = await fetch(new URL(`search/${name}`, home))
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`)
  return answer.json()
}

function openText() {
  const worker = new Worker(new URL("./text.js", import.meta.url), { type: "module" })
  worker.onmessage = ({ data }) => {
    if (data.made !== books.made) return // of another build: half of the site is still in the browser's store
    text = worker
    worker.onmessage = (answer) => hear(answer.data)
    postMessage({ complete: true })
  }
  worker.postMessage({ home })
}

/* Answer the newest question; those typed over meanwhile are left out. */
async function run() {
  running = true
  while (pending) {
    const { number, question } = pending
    pending = null
    await answer(number, question)
    await new Promise((resolve) => { setTimeout(resolve) }) // let a newer question in
  }
  running = false
}

/* Where looking through all text takes long, a first answer does not wait for it. */
async function answer(number, question) {
  const asked = readQuestion(question, books.known)
  const { words, meanings } = asked
  const second = text && words.length ? ask(number, meanings) : null
  const first = look("records", books.index, meanings)
  const inTime = second && (await Promise.race([second, new Promise((resolve) => { setTimeout(resolve, PATIENCE) })]))
  const tell = (looks, whole) => postMessage({ number, whole, ...listed(question, asked, looks) })
  if (!second || inTime) tell(inTime ? [first, inTime] : [first], true)
  else {
    tell([first], false)
    second.then((late) => { if (number === newest) tell([first, late], true) })
  }
}

function listed(question, { words, masses, meanings }, looks) {
  const { order: ids, answered } = order(looks, books.kindOf, books.kinds.map(([name]) => name), masses)
  const best = sooner(question, ids, (id) => books.documents[id][2])
  const groups = byKind(best.slice(BEST))
  const show = shower([...best.slice(0, BEST), ...groups.flatMap(({ listed }) => listed)], looks[0].found, meanings)
  return {
    unanswered: words.filter((_, at) => !(answered & (1 << at))),
    total: ids.length,
    best: best.slice(0, BEST).map(show),
    groups: groups.map(({ kind, total, listed }) => ({ heading: books.kinds[kind][2], total, results: listed.map(show) })),
  }
}

/* The kinds in the order of their best results, each with how many there are of it and the best of them. */
function byKind(ids) {
  const groups = new Map()
  for (const id of ids) {
    const kind = books.kindOf[id]
    if (!groups.has(kind)) groups.set(kind, { kind, total: 0, listed: [] })
    const group = groups.get(kind)
    group.total += 1
    if (group.listed.length < MOST) group.listed.push(id)
  }
  return [...groups.values()]
}

/* The second worker answers the newest question only; what is asked before that may stay without an answer. */
function ask(number, meanings) {
  return new Promise((resolve) => {
    waiting.set(number, resolve)
    text.postMessage({ number, meanings })
  })
}

function hear({ number, scores, covers }) {
  waiting.get(number)?.({ scores, covers })
  for (const old of waiting.keys()) if (old <= number) waiting.delete(old)
}

/* What the page shows of a result, with the words to be marked: those that the reader typed, in whatever form, and not what the handbook calls it. */
function shower(ids, found, meanings) {
  const terms = new Map(ids.map((id) => [id, []]))
  for (const results of found) for (const result of results) terms.get(result.id)?.push(...result.terms)
  const own = meanings.flatMap((meaning) => meaning.terms).filter(({ sign, ours }) => !sign && !ours)
  const ours = new Set(meanings.flatMap((meaning) => meaning.terms).filter((term) => term.ours).map(({ term }) => term))
  const typed = (word) => !ours.has(word) || own.some(({ term, prefix }) => word === term || (prefix && word.startsWith(term)))
  return (id) => {
    const [kind, url, title, teaser, lang] = books.documents[id] // the language of a title that is not English
    return { kind: books.kinds[kind][0], label: books.kinds[kind][1], url, title, lang, teaser, terms: [...new Set(terms.get(id))].filter(typed) }
  }
}
