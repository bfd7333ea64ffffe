/* The link to the shortlist in the head of every page, as long as there is something on the list. */

import { address } from "./data.js"
import { element } from "./dom.js"
import { isRecalled } from "./remember.js"
import { picks } from "./shortlist.js"
import { follow } from "./state.js"

/** Put the link into the header. */
export function bar() {
  const header = document.querySelector(".md-header__inner")
  if (!header) return
  const count = element("span")
  const origin = element("span.hb-bar-origin", { hidden: !isRecalled() }, " from this device")
  const link = element("a.hb-bar", { href: address("compare/") }, element("span.hb-bar-name", {}, "Shortlist "), count, origin)
  header.querySelector(".md-header__title")?.after(link)
  const show = () => {
    const many = picks().picks.length
    count.textContent = `(${many})`
    link.hidden = many === 0
  }
  show()
  follow(show)
}
