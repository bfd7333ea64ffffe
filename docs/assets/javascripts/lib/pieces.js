/* Badges, marks and claims as the built pages have them; see templates/_parts.md.j2. */

import { address } from "./data.js"
import { element } from "./dom.js"

/** A tag, as {group, id, label}. */
export function badge({ group, id, label }) {
  return element(`span.hb-badge.hb-${group}-${id}`, {}, label)
}

/** A link, as {label, url} with the address relative to the site's first page. */
export function link({ label, url }) {
  return element("a", { href: address(url) }, label)
}

/** A value that nobody knows. */
export function unknown(text = "unknown") {
  return element("span.hb-unknown", {}, text)
}

/** The marks of a claim, as {basis, sources}: what it rests on. */
export function marks({ basis, sources }) {
  if (basis === "suggested") {
    const says = element("span.hb-hidden", {}, " by the editors")
    return [element("a.hb-mark.hb-basis-suggested", { href: address("about/evidence/#marks") }, "suggested", says)]
  }
  return sources.flatMap((source) => [mark(basis, source), " "])
}

function mark(basis, { label, place, url }) {
  const before = basis === "inferred" ? "inferred: " : element("span.hb-hidden", {}, "Reported in ")
  const under = place ? element("span.hb-hidden", {}, `, under “${place}”`) : null
  return element(`a.hb-mark.hb-basis-${basis}`, { href: address(url) }, before, label, under)
}

/** A claim with its marks. */
export function claim(said) {
  return [said.text ? `${said.text} ` : null, ...marks(said)]
}

/** One thing that is said of an aspect; see handbook/views/comparison.py. */
export function piece(said) {
  return [
    said.part ? element("span.hb-piece-part", {}, `${said.part.label}:`) : null,
    said.part ? " " : null,
    said.link ? link(said.link) : null,
    said.link ? " " : null,
    said.badge ? badge(said.badge) : null,
    said.badge ? " " : null,
    said.text === "unknown" ? unknown() : said.text,
    ...(said.claim ? claim(said.claim) : []),
  ]
}
