/* What the link of the fit check carries: answers as "condition.level", what is checked under "for", a sector. */

import { LEVELS } from "./rule.js"

/** What can be checked besides a single recommendation. */
export const ALL = "all"
export const SHORTLIST = "shortlist"

/**
 * The choices in a state, held against the data.
 * @param {{values: Map<string, string[]>, anchor: string}} state as lib/state.js reads it
 * @param {any} data data/fit.json
 * @returns {{answers: Map<string, string>, chosen: string|null, sector: string|null, notes: string[]}} notes say, in words for readers, what was left out and why
 */
export function choices({ values, anchor }, data) {
  const notes = []
  const answers = answersIn(values.get("fit") ?? [], known(data.conditions), notes)
  const asked = values.get("for") ?? (anchor.startsWith("for-") ? [anchor.slice("for-".length)] : [])
  const several = asked.length === 1 && [ALL, SHORTLIST].includes(asked[0])
  const chosen = several ? asked[0] : one(asked, known(data.recommendations), "recommendation", "All are shown.", notes)
  const sector = one(values.get("sector") ?? [], known(data.sectors), "sector", "No sector is chosen.", notes)
  return { answers, chosen, sector, notes }
}

/** The answers as the link carries them, in the order of the data. */
export function written(answers, data) {
  return data.conditions.filter(({ id }) => answers.has(id)).map(({ id }) => `${id}.${answers.get(id)}`)
}

/* Present ids by present and by old ones. */
function known(records) {
  return new Map(records.flatMap(({ id, aliases = [] }) => [id, ...aliases].map((name) => [name, id])))
}

function answersIn(found, ids, notes) {
  const answers = new Map()
  let damaged = 0
  for (const text of found) {
    const mark = text.lastIndexOf(".")
    const [name, level] = mark < 0 ? [text, ""] : [text.slice(0, mark), text.slice(mark + 1)]
    const id = ids.get(name)
    if (!/^[a-z0-9-]+$/.test(name) || !LEVELS.includes(level)) damaged += 1
    else if (!id) notes.push(`The link answers a question that this handbook does not have: “${short(name)}”. The answer was left out.`)
    else if (!answers.has(id)) answers.set(id, level)
    else if (answers.get(id) !== level) notes.push(`The link answers one question twice, “${short(name)}”. The first answer was taken.`)
  }
  if (damaged) notes.push(`${damaged === 1 ? "One answer in the link is" : `${damaged} answers in the link are`} damaged or cut off. What could be read was kept.`)
  return answers
}

function one(found, ids, what, then, notes) {
  if (!found.length) return null
  const id = ids.get(found[0]) ?? null
  if (id === null) notes.push(`The link names a ${what} that this handbook does not have: “${short(found[0])}”. ${then}`)
  else if (found.length > 1) notes.push(`The link names more than one ${what}. The first was taken.`)
  return id
}

function short(text) {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}
