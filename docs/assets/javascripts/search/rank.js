/* Looking through an index, and the order of what is found. */

import MiniSearch from "../../vendor/minisearch.js"
import { spec } from "./query.js"
import { words } from "./words.js"

/** How much a word counts where it stands. */
const FIELDS = {
  records: { title: 4, names: 4, signs: 4, question: 2, summary: 1 },
  text: { text: 0.5 },
}

/** How much a kind counts: what a reader can act on before what is looked up. */
const KINDS = {
  problem: 1.25, lesson: 1.1, tool: 1.15, recommendation: 1.05, sector: 1.25, condition: 1, use: 0.95,
  term: 1.05, gap: 0.85, conflict: 0.6, organisation: 0.7, source: 0.3, contributor: 0.3, page: 0.95,
}

/** How many of the best are looked at for their title. */
const NEAR = 200

/** What part of the best score a result needs at least; below it are those that have one of the weaker words in passing. */
const ENOUGH = 0.2

/** The score at which a word has given half of what it can. */
const HALF = 20

/** An index as the build has written it, ready to be looked through. */
export function load(index) {
  const fields = Object.keys(index.fieldIds)
  return MiniSearch.loadJS(index, { fields, idField: "number", tokenize: (text) => [text], processTerm: (term) => term })
}

/**
 * Look for each meaning.
 * @param {"records"|"text"} which
 * @param {MiniSearch} index
 * @param {ReturnType<typeof import("./query.js").readQuestion>["meanings"]} meanings
 * @returns {{scores: Float32Array, covers: Uint32Array, found: object[][]}} by a document's number its score and the reader's words that it answers,
 *   and the library's results for each meaning
 */
export function look(which, index, meanings) {
  const scores = new Float32Array(index.documentCount)
  const covers = new Uint32Array(index.documentCount)
  const found = meanings.map((meaning) => index.search({
    combineWith: "OR",
    queries: meaning.terms.map(spec),
  }, { boost: FIELDS[which], bm25: { k: 1.2, b: 0.4, d: 0.5 } }))
  found.forEach((results, at) => {
    for (const { id, score, queryTerms } of results) {
      scores[id] += saturated(score / queryTerms.length) // the library counts a document that has several of the terms several times
      covers[id] |= meanings[at].covers
    }
  })
  return { scores, covers, found }
}

/**
 * The order of what was found.
 * @param {{scores: Float32Array, covers: Uint32Array}[]} looks
 * @param {number[]} kinds the kind of each document, as a place in `names`
 * @param {string[]} names
 * @param {number[]} masses how much of the question each word is
 * @returns {{order: number[], answered: number}} the numbers of the documents that answer enough of it, best first, and a bit for each word that anything answers
 */
export function order(looks, kinds, names, masses) {
  const share = shares(masses)
  const weights = names.map((name) => KINDS[name] ?? 1)
  const total = new Float64Array(kinds.length)
  const found = []
  let answered = 0
  for (let id = 0; id < kinds.length; id += 1) {
    let score = 0
    let covers = 0
    for (const look of looks) {
      score += look.scores[id]
      covers |= look.covers[id]
    }
    if (!score) continue
    answered |= covers
    total[id] = score * weights[kinds[id]] * share(covers)
    found.push(id)
  }
  found.sort((a, b) => total[b] - total[a] || a - b)
  const least = ENOUGH * (total[found[0]] ?? 0)
  return { order: found.filter((id) => total[id] >= least), answered }
}

/**
 * The same order, but with those first whose title is what the reader has typed, and then those whose title has it word for word.
 * @param {string} question
 * @param {number[]} ids
 * @param {(id: number) => string} title
 */
export function sooner(question, ids, title) {
  const asked = ` ${words(question).join(" ")} `
  const fits = (id) => {
    const mine = ` ${words(title(id)).join(" ")} `
    return mine === asked ? 2 : asked.length > 3 && mine.includes(asked) ? 1 : 0
  }
  const near = ids.slice(0, NEAR).map((id) => [id, fits(id)])
  near.sort((a, b) => b[1] - a[1]) // a stable sort: equals stay in order
  return near.map(([id]) => id).concat(ids.slice(NEAR))
}

/* A document that is very much about one of the words must not outweigh one that answers all of them. */
function saturated(score) {
  return score / (score + HALF)
}

/* What part of the question words with these bits are. */
function shares(masses) {
  const all = masses.reduce((sum, mass) => sum + mass, 0)
  const known = new Map()
  return (covers) => {
    if (!known.has(covers)) known.set(covers, masses.reduce((sum, mass, at) => sum + (covers & (1 << at) ? mass : 0), 0) / all)
    return known.get(covers)
  }
}
