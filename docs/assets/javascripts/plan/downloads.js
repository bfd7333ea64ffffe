/* The plan as something to take away: on paper, as a document, as text, as dates. */

import { element, show } from "../lib/dom.js"
import { titleOf } from "./head.js"
import { CUTS } from "./ladder.js"
import { listed } from "./lines.js"
import { PAGES } from "./paper.js"
import { slug } from "./schedule.js"

const KINDS = [
  ["docx", "Word document", "word.js", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"],
  ["md", "Markdown", "markdown.js", "text/markdown;charset=utf-8"],
  ["ics", "Calendar", "calendar.js", "text/calendar;charset=utf-8"],
]

/* How much fits on paper is known before anything is printed, and before the document is made. */
function aboutPaper({ print, word }, plan) {
  if (Math.max(print.pages, word.pages) > PAGES) {
    const edited = plan.parts.some(({ changed }) => changed)
    const takes = print.pages > PAGES ? `On paper this takes ${print.pages} pages` : `As a Word document this takes ${word.pages} pages`
    return [element("p.hb-notice", {}, `${takes}. ${edited ? "What you wrote is kept whole; shorten it, or take something off your shortlist, and it fits on two." : "Take something off your shortlist, and it fits on two."}`)]
  }
  const cuts = cutsOf(print.rung, word.rung)
  return cuts ? [element("p.hb-hint", {}, `To fit on two pages, ${cuts}. This page and the Markdown file are not cut so; what they count as “more” is on the pages of the handbook.`)] : []
}

/* What the print and the document leave out, in words. The one that leaves out more leaves out all that the other does. */
function cutsOf(print, word) {
  const says = (from, to) => listed(CUTS.slice(from, to).map((cut) => cut.says))
  const [both, most] = [Math.min(print, word), Math.max(print, word)]
  const one = print > word ? "the print" : "the Word document"
  if (!most) return ""
  if (both === most) return `the print and the Word document have ${says(0, both)}`
  if (!both) return `${one} has ${says(0, most)}`
  return `the print and the Word document have ${says(0, both)}; ${one} also has ${says(both, most)}`
}

/**
 * The buttons. What makes a file is loaded when its button is pressed.
 * @param {() => Object} present the plan, its material and headings, and `forWord`, which makes the plan as far as it fits in a document
 */
export function downloads(present, act) {
  const buttons = KINDS.map(([ending, label, file, type]) =>
    element("button.hb-button", { type: "button", onclick: ({ currentTarget }) => save(currentTarget, ending, file, type, present, act) }, `${label} (.${ending})`))
  const said = element("div", { role: "status" })
  const group = element("div.hb-actions", { role: "group", "aria-label": "Take the plan away" },
    element("button.hb-button.hb-first", { type: "button", onclick: () => print() }, "Print or save as PDF"), ...buttons)
  return {
    node: element("div", {}, group, said),
    draw(fitted) {
      const { plan, material } = present()
      group.hidden = !material.items.length
      show(said, ...(group.hidden ? [] : aboutPaper(fitted, plan)))
      buttons.at(-1).hidden = !plan?.event || !plan.steps.length
    },
  }
}

async function save(button, ending, file, type, present, act) {
  button.disabled = true
  try {
    const { make } = await import(`./${file}`)
    const { plan: whole, material, headings, forWord } = present()
    const plan = ending === "docx" ? forWord() : whole
    const link = element("a", { href: URL.createObjectURL(new Blob([await make(plan, material, headings)], { type })), download: `${slug(titleOf(plan)).slice(0, 60)}.${ending}` })
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
    act.done(`The file ${link.download} is ready.`)
  } catch {
    act.done("The file could not be made. Load the page again, or print the plan.")
  } finally {
    button.disabled = false
    button.focus()
  }
}
