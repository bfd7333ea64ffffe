/* The plan as a document for word processors (Office Open XML), written by docx. */

import {
  AlignmentType, BorderStyle, Document, ExternalHyperlink, HeadingLevel, LevelFormat, Packer, Paragraph, Table, TableCell, TableRow, TextRun, WidthType,
} from "../../vendor/docx.js"
import { CREDIT, KEY, titleOf, under } from "./head.js"
import { MORE_SOURCES, markOf } from "./paper.js"
import { aboutDay, aboutLate, noSteps, runsOf, timesOf } from "./schedule.js"

const MARGIN = 900 // twentieths of a point
const LINE = { style: BorderStyle.SINGLE, size: 4, color: "777777" }
const NONE = { style: BorderStyle.NONE, size: 0, color: "FFFFFF" }
const BORDERS = { top: LINE, bottom: LINE, left: NONE, right: NONE, insideHorizontal: LINE, insideVertical: NONE }

/** The plan as a file in the form of Word. */
export function make(plan, material, headings) {
  const children = [
    new Paragraph({ heading: HeadingLevel.TITLE, children: [new TextRun(titleOf(plan))] }),
    new Paragraph({ children: [new TextRun({ text: under(plan, material).join(" · "), italics: true })] }),
    new Paragraph({ children: [small(KEY)] }),
  ]
  for (const [id, heading] of headings) children.push(new Paragraph({ heading: HeadingLevel.HEADING_1, children: [new TextRun(heading)] }), ...section(id, plan))
  return Packer.toBlob(new Document({
    title: titleOf(plan), creator: plan.fields.get("org") ?? "", description: "", lastModifiedBy: "",
    styles: styles(plan.small ? 17 : 20), numbering: BULLETS,
    sections: [{ properties: { page: { size: { width: 11906, height: 16838 }, margin: { top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN } } }, children }],
  }))
}

/* Sizes in half points. This font, or one of the same widths, is on nearly every computer, so what fits in the page fits there. */
function styles(size) {
  return {
    default: {
      document: { run: { size, font: "Times New Roman" }, paragraph: { spacing: { after: 20 } } },
      title: { run: { size: 34, bold: true }, paragraph: { spacing: { after: 60 } } },
      heading1: { run: { size: 23, bold: true, color: "103843" }, paragraph: { spacing: { before: 100, after: 30 }, keepNext: true } },
    },
  }
}
const BULLETS = {
  config: [{ reference: "points", levels: [{ level: 0, format: LevelFormat.BULLET, text: "•", alignment: AlignmentType.LEFT, style: { paragraph: { indent: { left: 260, hanging: 200 } } } }] }],
}

function section(id, plan) {
  if (id === "when") return [...[aboutDay(plan), aboutLate(plan)].filter(Boolean).map((text) => new Paragraph(text)), ...steps(plan)]
  if (id === "sources") return [...plan.sources.map((each) => source(each, plan.small)), ...(plan.fewSources ? [point([small(MORE_SOURCES)])] : []), point([small(`${CREDIT.text} `), new ExternalHyperlink({ link: CREDIT.href, children: [small(CREDIT.href)] })])]
  const { own, table } = plan.parts.find((part) => part.id === id)
  return [...(table ? tableAnd(table) : []), ...own.map(line)]
}

function line(found) {
  if (found.group) return new Paragraph({ keepNext: true, spacing: { before: 60 }, children: [new TextRun({ text: found.text, bold: true })] })
  const rest = found.lead ? ` ${found.text.slice(found.lead.length).trim()}` : found.text
  const lead = found.lead ? [new TextRun({ text: found.lead, bold: true })] : []
  return point([...lead, new TextRun(rest), ...marks(found)])
}

function point(children) {
  return new Paragraph({ numbering: { reference: "points", level: 0 }, children })
}

function marks(found) {
  const said = markOf(found)
  return said ? [new TextRun({ text: ` ${said}`, superScript: true })] : []
}

function steps(plan) {
  if (!plan.steps.length) return [new Paragraph(noSteps(plan))]
  if (!plan.asText) return [tableOf(...timesOf(plan))]
  return runsOf(plan).map(({ title, text }) => new Paragraph({ children: [new TextRun({ text: `${title}.`, bold: true }), new TextRun(` ${text}`)] }))
}

function tableAnd({ heads, rows, widths, notes = [] }) {
  const table = rows.length ? [tableOf(heads, rows.map(({ cells }) => cells.map(({ text }) => text)), widths)] : []
  return [...table, ...notes.map((note) => new Paragraph(note))]
}

/* `widths` in hundredths of the line. Both the table's grid and its cells say them: Word reads the one, LibreOffice the other. */
function tableOf(heads, rows, widths) {
  const full = 11906 - 2 * MARGIN
  const grid = widths.map((part) => Math.round((full * part) / 100))
  const row = (texts, header) => new TableRow({
    tableHeader: header, cantSplit: true,
    children: texts.map((text, at) => new TableCell({
      width: { size: grid[at], type: WidthType.DXA }, margins: { top: 15, bottom: 15, right: 80 },
      children: [new Paragraph({ spacing: { after: 0 }, children: [new TextRun({ text, bold: header || at === 0, size: 16 })] })],
    })),
  })
  return new Table({ width: { size: full, type: WidthType.DXA }, columnWidths: grid, borders: BORDERS, rows: [row(heads, true), ...rows.map((texts) => row(texts, false))] })
}

/* The places by their names, or by their numbers alone if there is little room. */
function source({ title, link, places }, brief) {
  if (brief) return point([...places.flatMap(({ number, href }, at) => [small(at ? ", " : ""), new ExternalHyperlink({ link: href, children: [small(String(number))] })]), small(` ${title}, `), new ExternalHyperlink({ link, children: [small(link)] })])

  const links = places.flatMap(({ number, place, href }, at) => [
    small(`${at ? "; " : ""}${number} `),
    new ExternalHyperlink({ link: href, children: [small(place ? `“${place}”` : "what the handbook takes from it")] }),
  ])
  return point([small(`${title}, `), new ExternalHyperlink({ link, children: [small(link)] }), small(": "), ...links])
}

function small(text) {
  return new TextRun({ text, size: 16 })
}
