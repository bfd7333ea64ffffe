/* What a reader's words may mean: the wordings that they name, and which words of the index to look for. */

import MiniSearch from "../../vendor/minisearch.js"
import { isSilent, languagesOf } from "./silent.js"
import { speller } from "./spelling.js"
import { parts, stem } from "./words.js"

/** How much each way of meaning something counts, against the word itself. */
const WEIGHT = { means: 0.55, sign: 1.4, more: 0.6, guess: 0.4, mended: 0.7, foreign: 0.5, apart: 0.8 }

/** How much of a question each of its words is: one of which the handbook speaks, any other, and one that says nothing by itself. */
const MASS = { named: 1, plain: 0.6, silent: 0.3 }

/** Words of a question that are heard; the rest of a very long one is left out. */
const MOST = 24

/** Misspelt letters allowed in a word that is not known nor one letter away from a known one, by its length. */
const slips = (word) => (word.length < 5 ? 0 : word.length < 7 ? 1 : 2)

/** Letters of a beginning at least. */
const SHORTEST = 4

/** Letters of an ending at most. */
const ENDING = 3

/** Letters of what a compound begins with at least, as "mat" in "matproducent". */
const SHORTEST_HEAD = 3

/** Words of this length may also be the beginning of a longer one, as in German and the Nordic languages. */
const COMPOUND = 6

/**
 * What readers say, ready to be looked up.
 * @param {{said: Object<string, string>, means: string[], sign: string|null, silent?: boolean}[]} wordings what is said, each with its languages
 * @param {Set<string>} vocabulary the words of the index
 * @param {string[]} titles where words stand in full
 */
export function dictionary(wordings, vocabulary, titles) {
  const saids = wordings.flatMap((wording) => Object.entries(wording.said).map(([said, languages]) => ({ wording, languages: languages.split(" "), ...read(said) })))
  const beginnings = new Set(saids.flatMap((said) => said.beginnings))
  const index = new MiniSearch({ fields: ["said"], idField: "number", tokenize: (text) => text.split(" "), processTerm: (term) => term })
  index.addAll(saids.map((said, number) => ({ number, said: said.words.join(" ") })))
  const words = new Set(saids.flatMap((said) => said.words))
  const knows = (word) => words.has(word) || vocabulary.has(word)
  const mend = speller([...words, ...vocabulary], [...titles, ...wordings.flatMap((wording) => Object.keys(wording.said))])
  const mended = (word) => (knows(stem(word)) || isSilent(word) || begun(word, beginnings).some((form) => form.length >= COMPOUND) ? [] : mend(word))
  return { saids, beginnings, index, says: (word) => words.has(word), knows, mended }
}

/* "small firm*" is the words "small" and "firm", of which the second is a beginning. */
function read(said) {
  const found = said.split(/\s+/).flatMap((part) => parts(part).map((word, at, all) => ({ word, begins: part.endsWith("*") && at === all.length - 1 })))
  return {
    words: found.map(({ word, begins }) => (begins ? word : stem(word))),
    beginnings: found.filter(({ word, begins }) => begins || word.length >= COMPOUND).map(({ word, begins }) => (begins ? word : stem(word))),
  }
}

/**
 * What to look for: for each meaning the words of the index, with weights, and which of the reader's words it stands for.
 * @param {string} question
 * @param {ReturnType<typeof dictionary>} known
 * @returns {{words: string[], meanings: {covers: number, terms: {term: string, weight: number, fuzzy?: number, prefix?: boolean, last?: boolean, sign?: boolean, ours?: boolean}[]}[]}}
 *   covers has a bit for each of the words; a term that is ours is the handbook's word, and not the reader's
 */
export function readQuestion(question, known) {
  const all = parts(question).slice(0, MOST)
  const typing = !/\s$/.test(question)
  const named = wordingsIn(all, typing, known)
  const phrases = named.filter(({ wording }) => !wording.silent)
  // Words that say nothing together, as "on board" in "get the mayor on board".
  const idle = new Set(named.filter(({ wording }) => wording.silent).flatMap(({ covered }) => covered))
  const speaks = all.map((word, at) => (!isSilent(word) && !idle.has(at)) || phrases.some(({ covered }) => covered.length > 1 && covered.includes(at)))
  const asked = speaks.some(Boolean) ? all.map((_, at) => at).filter((at) => speaks[at]) : all.map((_, at) => at)
  const mass = all.map((word, at) => (isSilent(word) ? MASS.silent : named.some(({ wording, covered }) => wording.sign && covered.includes(at)) ? MASS.named : MASS.plain))
  const bit = (at) => (asked.includes(at) ? 1 << asked.indexOf(at) : 0)
  const own = new Map(asked.map((at) => [at, {
    covers: bit(at),
    // A word that says something only in a phrase is not looked for by itself.
    terms: isSilent(all[at]) && !all.every(isSilent) ? [] : lookedOrMended(all[at], typing && at === all.length - 1, known),
  }]))
  const meanings = [...own.values()]
  for (const { wording, covered, weight } of phrases) {
    let meaning = covered.length === 1 && own.get(covered[0])
    if (covered.length === 1 && (!meaning || idle.has(covered[0]))) continue // a word that says nothing
    if (!meaning) meanings.push(meaning = { covers: covered.reduce((bits, at) => bits | bit(at), 0), terms: [] })
    if (wording.sign) meaning.terms.push({ term: wording.sign, sign: true, weight: weight * WEIGHT.sign * (1 + WEIGHT.more * (covered.length - 1)) })
    const means = new Set(wording.means.flatMap((text) => parts(text).map(stem)))
    const there = new Set(meaning.terms.map(({ term }) => term))
    for (const term of means) if (!there.has(term)) meaning.terms.push({ term, ours: true, weight: (weight * WEIGHT.means) / Math.sqrt(means.size) })
  }
  return { words: asked.map((at) => all[at]), masses: asked.map((at) => mass[at]), meanings: meanings.filter(({ terms }) => terms.length) }
}

/* The wordings of which all words are there, each once, by its best fit, with the places of the words that it covers. */
function wordingsIn(all, typing, known) {
  const { saids, index } = known
  const languages = languagesOf(all)
  const forms = all.map((word, at) => formsOf(word, all[at - 1] ?? "", all[at + 1] ?? "", known))
  const found = index.search({
    combineWith: "OR",
    // Only what the reader has typed may go on; a part of it is the whole of what is said.
    queries: forms.flatMap((list, at) => list.map((form, place) => spec(place ? { term: form, weight: 1 } : looked(form, 1, typing && at === all.length - 1, known)))),
  })
  const best = new Map()
  for (const { id, match, queryTerms } of found) {
    const said = saids[id]
    if (said.words.some((word) => !Object.hasOwn(match, word) || goesOn(word, forms, known))) continue
    const covered = all.map((_, at) => at).filter((at) => forms[at].some((form) => queryTerms.includes(form)))
    if (covered.length < new Set(said.words).size) continue
    if ((said.wording.silent || said.words.every(isSilent)) && !follow(said.words, all.map(stem))) continue
    const sure = covered.filter((at) => forms[at].some((form) => said.words.includes(form))).length
    const weight = (WEIGHT.guess + ((1 - WEIGHT.guess) * sure) / covered.length) * WEIGHT.apart ** between(covered, all) * (foreign(said, languages) ? WEIGHT.foreign : 1)
    const before = best.get(said.wording)
    if (!before || covered.length * weight > before.covered.length * before.weight) best.set(said.wording, { wording: said.wording, covered, weight })
  }
  return [...best.values()]
}

/* Whether `word` is only a compound that begins with something that readers say by itself: "innovation" is not the beginning of "innovationslaborator". */
function goesOn(word, forms, { says }) {
  const beginnings = forms.flat().filter((form) => word.startsWith(form))
  return beginnings.length > 0 && beginnings.every((form) => says(form) && word.length - form.length > ENDING)
}

/* How many words that say something stand between those that are covered. */
function between(covered, all) {
  return all.slice(covered[0], covered.at(-1)).filter((word, at) => !isSilent(word) && !covered.includes(covered[0] + at)).length
}

/* Whether this is said in other languages only. English words are at home in all. */
function foreign(said, languages) {
  return languages.size > 0 && !said.languages.some((language) => language === "en" || languages.has(language))
}

/* The word itself, and then what it may stand for: what it begins with, what it ends with, and what was meant if it is misspelt. */
function formsOf(word, before, after, known) {
  const { beginnings, knows, mended, says } = known
  const own = [stem(word), ...begun(word, beginnings), ...pieces(word, known), ...mended(word), ...(knows(stem(word)) ? [] : misspelt(word, beginnings))]
  // Two words that readers may also write as one, as "start ups".
  const joined = [[before, word], [word, after]].filter((pair) => !pair.some((one) => !one || isSilent(one))).flatMap(([first, second]) => {
    const pair = first + second
    return [stem(pair), ...begun(pair, beginnings).filter((form) => form.length > first.length && pair.length - form.length <= ENDING)]
  })
  return [...new Set([...own, ...joined.filter(says)])]
}

/* What a compound is made of, as "projekt" and "geld" in "projektgeld". A long beginning is found by begun(). */
function pieces(word, { beginnings, knows, says }) {
  if (knows(stem(word))) return []
  const found = []
  for (let at = SHORTEST_HEAD; at <= word.length - SHORTEST; at += 1) {
    const heads = [word.slice(0, at), word.slice(0, at).replace(/[se]$/, "")].filter((form) => form.length >= SHORTEST_HEAD && (says(form) || (form.length >= SHORTEST && (beginnings.has(form) || knows(stem(form))))))
    const tail = word.slice(at)
    const tails = says(stem(tail)) ? [stem(tail)] : begun(tail, beginnings)
    if (heads.length && tails.length) found.push(...heads.filter(says), ...tails)
  }
  return found
}

/* Whether `words` stand in `all` one after the other. */
function follow(words, all) {
  return all.some((_, start) => words.every((word, at) => all[start + at] === word))
}

/* The beginnings in the dictionary with which `word` begins; shorter ones would mean too much. */
function begun(word, beginnings) {
  const found = []
  for (let end = SHORTEST; end <= word.length; end += 1) if (beginnings.has(word.slice(0, end))) found.push(word.slice(0, end))
  return found
}

/* The beginnings with which `word` would begin if one letter of it were mended. */
function misspelt(word, beginnings) {
  if (word.length <= COMPOUND) return []
  return [...beginnings].filter((form) => form.length > COMPOUND && form[0] === word[0] && almost(word, form))
}

/* Whether `word` begins with `form`, but for one letter that is wrong, missing or too much. */
function almost(word, form) {
  let at = 0
  while (at < form.length && word[at] === form[at]) at += 1
  const rest = form.slice(at + 1)
  return word.startsWith(rest, at + 1) || word.startsWith(form.slice(at), at + 1) || word.startsWith(rest, at)
}

/* How one word is looked for. A word that is known is taken as it is; one that is not may be misspelt. */
function looked(term, weight, last, { knows }) {
  const known = knows(term)
  return { term, weight, last, fuzzy: known ? 0 : slips(term), prefix: term.length >= least(last, known) }
}

/* Letters from which a word may go on: few while it is typed; many if it is a word as it stands, or "three" would be the beginning of "threat". */
function least(last, known) {
  if (known) return COMPOUND
  return last ? 2 : SHORTEST
}

/* A word, and what was meant by it if it is one letter away from words that are known. */
function lookedOrMended(word, last, known) {
  const own = looked(stem(word), 1, last, known)
  const meant = known.mended(word)
  return meant.length ? [{ ...own, fuzzy: 0 }, ...meant.map((term) => ({ term, weight: WEIGHT.mended }))] : [own]
}

/** A term of `readQuestion` as the library takes it. */
export function spec({ term, weight, fuzzy = 0, prefix = false }) {
  return { queries: [term], boostTerm: () => weight, fuzzy, prefix }
}
