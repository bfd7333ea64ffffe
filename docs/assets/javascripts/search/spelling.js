/* Words that a reader has misspelt by one letter. */

import { parts, stem } from "./words.js"

/** Letters of a word that may be misspelt, at least. */
const SHORTEST = 4

/**
 * The words that a reader may have meant.
 * @param {Iterable<string>} stems words as the index and the wordings have them
 * @param {Iterable<string>} texts where words stand in full: "livng" is one letter from "living", but two from its stem
 * @returns {(word: string) => string[]} the stems of the words that are one letter away from a word as parts() gives it
 */
export function speller(stems, texts) {
  const found = new Map()
  const add = (form, means) => {
    if (!found.has(form[0])) found.set(form[0], new Map())
    found.get(form[0]).set(form, means)
  }
  for (const text of texts) for (const word of parts(text)) if (word.length > SHORTEST) add(word, stem(word))
  for (const form of stems) if (form.length >= SHORTEST) add(form, form)
  return (word) => {
    if (word.length < SHORTEST) return []
    const means = new Set()
    const short = stem(word)
    for (const [form, meant] of found.get(word[0]) ?? []) if (oneOff(word, form) || oneOff(short, form)) means.add(meant)
    return [...means]
  }
}

/* Whether one letter is missing or too much, two stand in the wrong order, or, in a word that is not short, one is wrong. */
function oneOff(word, form) {
  if (Math.abs(word.length - form.length) > 1) return false
  let at = 0
  while (at < form.length && word[at] === form[at]) at += 1
  const [mine, theirs] = [word.slice(at), form.slice(at)]
  if (mine === theirs.slice(1)) return true
  if (mine[0] === theirs[1] && mine[1] === theirs[0] && mine.slice(2) === theirs.slice(2)) return true
  return word.length > SHORTEST && (mine.slice(1) === theirs || mine.slice(1) === theirs.slice(1))
}
