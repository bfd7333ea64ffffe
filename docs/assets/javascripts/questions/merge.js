/* The questions of all records on the shortlist: each once, with everything that it is about, the weightiest first. */

/** So many questions a partner may answer in one call; the others are folded. */
export const FIRST = 8

/** Of one sort, so many stand among the first, so that they do not all ask the same of one thing after another. */
const OF_A_SORT = 2

/**
 * @typedef {Object} Question
 * @property {string} ask
 * @property {string} why why the answer matters
 * @property {string} sort its tag in the vocabulary, or "gap"
 * @property {{link: {label: string, url: string}, so_far: any[]}[]} about what it is asked of, and what is known of that so far
 */

/**
 * @param {any[]} records each with its inquiries
 * @param {string[]} sorts the tags of questions, the weightiest first
 * @returns {{first: Question[], rest: Question[]}}
 */
export function merged(records, sorts) {
  const found = new Map()
  for (const { asked, question, why, record } of each(records)) {
    const link = question.about ?? asked.use ?? { label: record.title, url: record.url }
    const sort = question.key.startsWith("gap.") ? "gap" : question.key.split(".")[2]
    if (!found.has(question.ask)) found.set(question.ask, { ask: question.ask, why: without(why, link.label), sort, about: [] })
    const { about } = found.get(question.ask)
    if (about.every((other) => other.link.url !== link.url)) about.push({ link, so_far: question.so_far ?? [] })
  }
  return begun([...found.values()].sort((a, b) => weight(a, sorts) - weight(b, sorts) || wider(a, b)))
}

function* each(records) {
  for (const record of records) {
    for (const asked of record.inquiries) {
      for (const { why, questions } of asked.reasons) for (const question of questions) yield { record, asked, why, question }
    }
  }
}

/* A reason that names what it is about would read wrong above several. */
function without(why, label) {
  return why.startsWith(`${label}: `) ? why.slice(label.length + 2) : why
}

/* What the editors looked for in vain comes after what it takes, and before what is open about a single lesson. */
function weight({ sort }, sorts) {
  return sort === "gap" ? sorts.indexOf("money") + 0.5 : sorts.indexOf(sort)
}

/* What is asked of more things comes first; what was looked for in vain stays as the records have it. */
function wider(a, b) {
  return a.sort === "gap" ? 0 : b.about.length - a.about.length
}

function begun(questions) {
  const first = []
  for (const question of questions) {
    if (first.length < FIRST && first.filter(({ sort }) => sort === question.sort).length < OF_A_SORT) first.push(question)
  }
  const more = questions.filter((question) => !first.includes(question))
  return { first: [...first, ...more.slice(0, FIRST - first.length)], rest: more.slice(FIRST - first.length) }
}

/** The uses that the questions are about, each once, with what is on record of it. */
export function uses(records) {
  const all = records.flatMap((record) => record.inquiries.filter(({ use }) => use))
  return [...new Map(all.map((asked) => [asked.use.url, asked])).values()]
}

/** The organisations that can be asked, each once, with the uses that each took part in. */
export function organisations(records) {
  const found = new Map()
  for (const { use, organisations: some = [] } of records.flatMap((record) => record.inquiries)) {
    for (const organisation of some) {
      const { url } = organisation.link
      if (!found.has(url)) found.set(url, { ...organisation, uses: new Map() })
      if (use) found.get(url).uses.set(use.url, use)
    }
  }
  return [...found.values()].map((organisation) => ({ ...organisation, uses: [...organisation.uses.values()] }))
}
