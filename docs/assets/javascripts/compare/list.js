/* The shortlist itself: order, taking off, emptying, sending, remembering. */

import { address } from "../lib/data.js"
import { copy } from "../lib/copy.js"
import { element } from "../lib/dom.js"
import { takenOff, wording } from "../lib/picker.js"
import { isRecalled, remember, remembered } from "../lib/remember.js"
import { arrange, MOST, page, words } from "../lib/shortlist.js"
import { write } from "../lib/state.js"
import { SIDE, sideBySide } from "./side.js"

/**
 * @param {any[]} found the records on the shortlist
 * @param {any[]} chosen those that stand side by side
 * @param {(text: string) => void} tell says it to people who listen
 */
export function list(found, chosen, tell) {
  if (!found.length) return [empty(), remembering(tell)]
  const ids = words(found)
  const shown = words(chosen)
  const rows = found.map((record, at) => row(record, at))
  return [
    element("h2", { id: "shortlist", tabindex: "-1" }, `Your shortlist (${found.length})`),
    found.length > SIDE ? element("p", {}, `At most ${SIDE} stand side by side. Tick those that you want to see.`) : null,
    found.length === MOST ? element("p.hb-hint", {}, `It is full: it holds ${MOST}.`) : null,
    element("ol.hb-shortlist", {}, rows),
    actions(),
    remembering(tell),
  ]

  function row(record, at) {
    const button = (name, focus, disabled, press) =>
      element("button.hb-button", { type: "button", disabled, "data-focus": `${focus} ${ids[at]}`, "aria-label": `${name}: ${record.title}`, onclick: press }, name)
    return element(
      "li", {},
      found.length > SIDE ? tick(record, ids[at]) : element("a", { href: page(record) }, record.title),
      " ",
      element("span.hb-hint", {}, record.record),
      element(
        "span.hb-shortlist-buttons", {},
        button("Up", "up", at === 0, () => move(at, -1)),
        button("Down", "down", at === found.length - 1, () => move(at, 1)),
        button(wording(true), "off", false, () => {
          tell(`“${record.title}”: ${takenOff(found.length - 1)}`)
          arrange(found.filter((_, other) => other !== at), { step: true })
        }),
      ),
    )
  }

  function tick(record, id) {
    const box = element("input", { type: "checkbox", checked: shown.includes(id), "data-focus": `side ${id}`, onchange: change })
    return element("span", {}, element("label.hb-choice", {}, box, record.title), " ", element("a", { href: page(record) }, "its page", element("span.hb-hidden", {}, `: ${record.title}`)))

    function change() {
      if (box.checked && shown.length === SIDE) {
        box.checked = false
        tell(`At most ${SIDE} stand side by side. Untick another one first.`)
      } else {
        const now = ids.filter((other) => (other === id ? box.checked : shown.includes(other)))
        if (now.length) sideBySide(now)
        else box.checked = true // nothing side by side is nothing to see
      }
    }
  }

  function move(at, by) {
    const order = [...found]
    order.splice(at + by, 0, ...order.splice(at, 1))
    tell(`“${found[at].title}” is now number ${at + by + 1} of ${found.length}.`)
    arrange(order)
  }

  function actions() {
    const field = element("input", { type: "text", readonly: true, hidden: true, "aria-label": "The link to this page with your shortlist", value: location.href })
    return element(
      "div.hb-actions", {},
      element("a.hb-button.hb-first", { href: address("fit-check/") }, "Fit check"),
      element("a.hb-button.hb-first", { href: address("plan/") }, "Plan for the board"),
      element("a.hb-button.hb-first", { href: address("questions/") }, "Question sheet"),
      element("button.hb-button", { type: "button", "data-focus": "copy", onclick: copyLink }, "Copy link"),
      element("button.hb-button", { type: "button", onclick: () => window.print() }, "Print"),
      element("button.hb-button", { type: "button", "data-focus": "empty", onclick: emptyIt }, "Empty the list"),
      element("span.hb-field", {}, field),
    )

    async function copyLink() {
      if (await copy(location.href)) return tell("The link is copied. Whoever opens it sees this list.")
      field.hidden = false
      field.value = location.href
      field.select()
      tell("Your browser does not let the page copy. The link is in the field, ready to be copied.")
    }
  }

  function emptyIt() {
    tell("Your shortlist is empty. The back button of your browser brings it back.")
    write({ pick: [], side: [] }, { step: true })
  }
}

function empty() {
  const way = (url, name) => element("a", { href: address(url) }, name)
  return element(
    "p", { tabindex: "-1" },
    "Your shortlist is empty. Open a ", way("toolbox/", "tool"), ", a ", way("transfer/", "recommendation"), " or a ", way("lessons/", "lesson"),
    " and press “Add to my shortlist”. Below, all tools and recommendations stand together.",
  )
}

function remembering(tell) {
  const stored = remembered()
  const box = element("input", { type: "checkbox", checked: stored !== null, "data-focus": "remember", onchange: change })
  return element(
    "div.hb-remember", {},
    isRecalled() ? element("p.hb-notice", {}, "The link had no shortlist. This one was remembered on this device.") : null,
    element("label.hb-choice", {}, box, "Remember on this device"),
    element("p.hb-hint", {}, "Your browser then keeps the list, here and nowhere else, until you untick this. A link with a list of its own goes first."),
  )

  function change() {
    const now = remember(box.checked)
    if (now) tell("Your shortlist is remembered on this device.")
    else tell(box.checked ? "Your browser does not allow it. Use “Copy link” instead." : "Nothing is remembered on this device any more.")
    box.checked = now
  }
}
