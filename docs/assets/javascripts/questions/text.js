/* The question sheet as plain text, for a mail. */

/**
 * @param {{records: any[], first: any[], rest: any[], organisations: any[], uses: any[]}} content see merge.js
 * @param {(record: any) => string} page gives a record's address
 */
export function asText({ records, first, rest, organisations, uses }, page) {
  const parts = [
    ["Questions to those who did it", ""],
    records.map((record) => `${record.title} (${record.record})\n${page(record)}`),
    ["Ask these first:", ...first.map(question)],
    rest.length ? ["Then, if there is time:", ...rest.map(question)] : [],
    ["Whom to ask:", ...(organisations.length ? organisations.map(whom) : ["No source says who."])],
    uses.length ? ["On record so far:", ...uses.map(onRecord)] : [],
  ]
  return `${parts.filter((part) => part.length).map((part) => part.join("\n")).join("\n\n").replace("\n\n\n", "\n\n")}\n`
}

function question({ ask, why, about }) {
  const known = about.flatMap(({ link, so_far: said }) => {
    const text = said.map((one) => one.text ?? one.badge?.label).filter(Boolean).join(" ")
    return text ? [`    So far, ${link.label}: ${text}`] : []
  })
  return ["", `[ ] ${ask}`, `    About: ${about.map(({ link }) => link.label).join("; ")}`, `    Why it matters: ${why}`, ...known].join("\n")
}

function whom({ link, country, website, later = [], uses }) {
  const took = uses.length ? [`    Took part in: ${uses.map(({ label }) => label).join("; ")}`] : []
  return [`- ${[`${link.label} (${country})`, website].filter(Boolean).join(", ")}`, ...took, ...later.map((one) => `    ${claim(one)}`)].join("\n")
}

function onRecord({ use, when, outcome, so_far: said = [] }) {
  const known = said.length ? said.map((one) => `    ${claim(one)}`) : ["    No source says what came of it."]
  return [`- ${use.label}, ${when}. Outcome on record: ${outcome.label}`, ...known].join("\n")
}

function claim({ text, basis, sources }) {
  const names = sources.map(({ label, place }) => (place ? `${label}, “${place}”` : label))
  return `${text} [${[basis, ...names].join("; ")}]`
}
