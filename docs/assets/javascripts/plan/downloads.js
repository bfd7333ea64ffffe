/* The plan as something to take away: on paper, as a document, as text, as dates. */

import { element } from "../lib/dom.js"
import { titleOf } from "./head.js"
import { slug } from "./schedule.js"

const KINDS = [
  ["docx", "Word document", "word.js", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"],
  ["md", "Markdown", "markdown.js", "text/markdown;charset=utf-8"],
  ["ics", "Calendar", "calendar.js", "text/calendar;charset=utf-8"],
]

/**
 * The buttons. What makes a file is loaded when its button is pressed.
 * @param {() => Object} present the plan, its material and headings
 */
export function downloads(present, act) {
  const buttons = KINDS.map(([ending, label, file, type]) =>
    element("button.hb-button", { type: "button", onclick: ({ currentTarget }) => save(currentTarget, ending, file, type, present, act) }, `${label} (.${ending})`))
  const node = element("div.hb-actions", { role: "group", "aria-label": "Take the plan away" },
    element("button.hb-button.hb-first", { type: "button", onclick: () => print() }, "Print or save as PDF"), ...buttons)
  return {
    node,
    draw(ready) {
      node.hidden = !ready
      const { plan } = present()
      buttons.at(-1).hidden = !plan?.event || !plan.steps.length
    },
  }
}

async function save(button, ending, file, type, present, act) {
  button.disabled = true
  try {
    const { make } = await import(`./${file}`)
    const { plan, material, headings } = present()
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
