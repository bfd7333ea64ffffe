/* The question sheet as plain text, for a mail. */

/**
 * @param {{record: any, inquiries: any[]}[]} items
 * @param {(record: any) => string} page gives a record's address
 */
export function asText(items, page) {
  const open = items.filter((item) => item.inquiries.length)
  return `${["Questions to those who did it", ...open.map((item) => part(item, page))].join("\n\n")}\n`
}

function part({ record, inquiries }, page) {
  return [`${record.title} (${record.record})\n${page(record)}`, ...inquiries.map(inquiry)].join("\n\n")
}

function inquiry({ use, when, outcome, so_far: said = [], organisations = [], reasons }) {
  const known = said.length ? said.map((one) => `- ${claim(one)}`) : ["- No source says what came of it."]
  return [
    use ? `${use.label}, ${when}. Outcome on record: ${outcome.label}` : "About it as a whole",
    ...(use ? ["On record so far:", ...known] : []),
    `Ask: ${organisations.length ? organisations.map(whom).join("; ") : "no source says who"}`,
    ...organisations.flatMap(({ link, later = [] }) => later.map((one) => `- ${link.label}: ${claim(one)}`)),
    ...reasons.flatMap(({ why, questions }) => ["", `Why it matters: ${why}`, ...questions.map(question)]),
  ].join("\n")
}

function whom({ link, country, website }) {
  return [`${link.label} (${country})`, website].filter(Boolean).join(", ")
}

function claim({ text, basis, sources }) {
  const names = sources.map(({ label, place }) => (place ? `${label}, “${place}”` : label))
  return `${text} [${[basis, ...names].join("; ")}]`
}

function question({ ask, about, so_far: said = [] }) {
  const known = said.map((one) => one.text ?? one.badge?.label).filter(Boolean).join(" ")
  return [`[ ] ${ask}${about ? ` (${about.label})` : ""}`, ...(known ? [`    So far: ${known}`] : [])].join("\n")
}
