/* The search itself, beside the page, so that typing never waits for it.
 *
 * It answers as soon as the index of titles, names and summaries is there. The
 * index of all other text follows in a worker of its own, text.js.
 */

import { dictionary, readQuestion } from "./query.js"
import { load, look, order, sooner } from "./rank.js"

/** Results that the page is given at most. */
const MOST = 30

let pending = null
let running = false
let home = ""
let books = null
let text = null // the second worker, once it can answer

onmessage = ({ data }) => {
  if (data.home) open(data.home)
  else {
    pending = data
    if (books && !running) run()
  }
}

async function open(address) {
  home = address
  try {
    const { made, kinds, documents, wordings, index } = await read("records.json")
    books = { made, kinds, documents, known: dictionary(wordings, new Set(index.index.map(([word]) => word))), index: load(index), kindOf: documents.map((row) => row[0]) }
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
    postMessage({ number, ...(await answer(question)) })
    await new Promise((resolve) => { setTimeout(resolve) }) // let a newer question in
  }
  running = false
}

async function answer(question) {
  const { words, meanings } = readQuestion(question, books.known)
  if (!words.length) return { words, unanswered: [], total: 0, results: [] }
  const second = text && ask(meanings)
  const first = look("records", books.index, meanings)
  const looks = second ? [first, await second] : [first]
  const { order: ids, answered } = order(looks, books.kindOf, books.kinds.map(([name]) => name), words.length)
  const best = sooner(question, ids, (id) => books.documents[id][2])
  return {
    words,
    unanswered: words.filter((_, at) => !(answered & (1 << at))),
    total: ids.length,
    results: shown(best.slice(0, MOST), first.found),
  }
}

function ask(meanings) {
  return new Promise((resolve) => {
    text.onmessage = ({ data }) => resolve(data)
    text.postMessage({ meanings })
  })
}

/* What the page shows of the best results, each with the words by which it was found. */
function shown(ids, found) {
  const terms = new Map(ids.map((id) => [id, new Set()]))
  for (const results of found) {
    for (const result of results) {
      const mine = terms.get(result.id)
      if (mine) for (const term of result.terms) mine.add(term)
    }
  }
  return ids.map((id) => {
    const [kind, url, title, teaser] = books.documents[id]
    return { kind: books.kinds[kind][0], label: books.kinds[kind][1], url, title, teaser, terms: [...terms.get(id)] }
  })
}
