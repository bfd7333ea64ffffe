/* The words of a text, as handbook/wordindex.py makes them. A test compares the two. */

const LETTERS = { ä: "ae", æ: "ae", ö: "oe", ø: "oe", ü: "ue", å: "aa", ß: "ss" }

/**
 * The words of `text`: in small letters, without accents and English endings, and with ä, ø and the like in two letters.
 * @param {string} text
 * @returns {string[]}
 */
export function words(text) {
  return parts(text).map(stem)
}

/** The words of `text` as they stand there, in plain small letters. */
export function parts(text) {
  const plain = text.toLowerCase().replace(/[äæöøüåß]/g, (sign) => LETTERS[sign])
  return plain.normalize("NFKD").replace(/\p{M}/gu, "").match(/[\p{L}\p{N}]+/gu) ?? []
}

/** `word` without the ending of a plural or a verb. */
export function stem(word) {
  return withoutVerbEnding(withoutPlural(word))
}

function withoutPlural(word) {
  if (word.length < 4 || !word.endsWith("s") || /(ss|us|is)$/.test(word)) return word
  if (word.endsWith("ies") && word.length > 4) return `${word.slice(0, -3)}y`
  return /(sses|ches|shes)$/.test(word) ? word.slice(0, -2) : word.slice(0, -1)
}

function withoutVerbEnding(word) {
  for (const [ending, least] of [["ing", 6], ["ed", 5]]) {
    const rest = word.slice(0, -ending.length)
    if (word.length >= least && word.endsWith(ending) && !word.endsWith("eed") && /[aeiouy]/.test(rest)) {
      return rest.at(-1) === rest.at(-2) && !"ls".includes(rest.at(-1)) ? rest.slice(0, -1) : withoutE(rest)
    }
  }
  return withoutE(word)
}

function withoutE(word) {
  return word.length > 4 && word.endsWith("e") ? word.slice(0, -1) : word
}
