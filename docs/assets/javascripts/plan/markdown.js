/* The plan as Markdown. */

import { CREDIT, KEY, titleOf, under } from "./head.js"
import { aboutDay, aboutLate, noSteps, timesOf } from "./schedule.js"

/** The plan as text in Markdown, in which nothing that was typed is markup. */
export function make(plan, material, headings) {
  const blocks = [`# ${escaped(titleOf(plan))}`, escaped(under(plan, material).join(" · ")), escaped(KEY)]
  for (const [id, heading] of headings) blocks.push(`## ${escaped(heading)}`, ...section(id, plan))
  return `${blocks.filter(Boolean).join("\n\n")}\n`
}

function section(id, plan) {
  if (id === "when") return steps(plan)
  if (id === "sources") return [sources(plan)]
  const { own, table } = plan.parts.find((part) => part.id === id)
  return [table ? tableOf(table.heads, table.rows.map(({ cells }) => cells.map(({ text }) => text))) : null, lines(own)]
}

function lines(own) {
  return own.map((line) => (line.group ? `\n**${escaped(line.text)}**\n` : `- ${bold(line)}${marks(line)}`)).join("\n").trim()
}

function bold({ text, lead }) {
  return lead ? `**${escaped(lead)}** ${escaped(text.slice(lead.length).trim())}` : escaped(text)
}

function marks({ basis, numbers = [] }) {
  if (!basis) return ""
  const word = { reported: "", inferred: "inferred", suggested: "suggested", own: "ours" }[basis]
  const said = [word, numbers.join(", ")].filter(Boolean).join(": ")
  return said ? ` (${said})` : ""
}

function steps(plan) {
  if (!plan.steps.length) return [escaped(noSteps(plan))]
  const [heads, rows] = timesOf(plan)
  return [aboutDay(plan), aboutLate(plan)].filter(Boolean).map(escaped).concat(tableOf(heads, rows))
}

function sources({ sources: found }) {
  const rows = found.map(({ title, link, places }) => `- ${escaped(title)}, <${link}>: ${places.map(({ number, place, href }) => `${number} [${escaped(place ?? "what the handbook takes from it")}](${href})`).join("; ")}`)
  return [...rows, `- ${escaped(CREDIT.text)} <${CREDIT.href}>`].join("\n")
}

function tableOf(heads, rows) {
  const row = (cells) => `| ${cells.map(escaped).join(" | ")} |`
  return [row(heads), row(heads).replace(/[^|]+/g, " --- "), ...rows.map(row)].join("\n")
}

/** `text` as Markdown that shows it as it is, in one line. */
export function escaped(text) {
  return text
    .replace(/\s+/g, " ").trim()
    .replace(/[\\`*_{}[\]>#]/g, "\\$&")
    // Not every reader of Markdown takes a backslash before these. An "&" is one only where it could begin a sign's name.
    .replace(/[<|~$]|&(?=\\?#?\w+;)/g, (sign) => `&#${sign.charCodeAt(0)};`)
    .replace(/^(\d+)([.)])/, "$1\\$2")
    .replace(/^[-+]/, "\\$&")
}
