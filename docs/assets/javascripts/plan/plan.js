/* The whole plan, put together: what is shown, printed and downloaded. */

import { address, read } from "../lib/data.js"
import { today } from "./dates.js"
import { notesIn, unpack } from "./edits.js"
import { changes, earliest, onDay, schedule } from "./schedule.js"
import { sections } from "./sections.js"

/**
 * @typedef {Object} Plan
 * @property {{title: string, org: string, made: string}} fields what stands above
 * @property {{id: string, lines: import("./lines.js").Line[], own: import("./lines.js").Line[], table?: import("./lines.js").Table, outdated: boolean}[]} parts
 *   lines: the handbook's; own: as the reader wants them
 * @property {Map<string, any>} cited the handbook's sources that lines cite, by id
 * @property {{title: string, short: string, link: string, places: {number: number, place: string|null, href: string}[]}[]} sources
 * @property {import("./schedule.js").Step[]} steps of the tools that take place on the day
 * @property {{id: string, title: string}[]} held the tools that take place on the day of the event
 * @property {{id: string, title: string}[]} apart the tools behind the plan that take place on another day
 * @property {any} behind the proposal that may lead to the tool that is held, if nobody has said that it will; else null
 * @property {boolean} open whether no tool takes place on the day unless the reader says so
 * @property {boolean} against whether the fit check speaks against all that is chosen
 * @property {string[]} notes what was left out of the link and why
 */

/**
 * A plan out of records and what the reader has chosen and written.
 * @param {Object} material see gather.js
 * @param {Map<string, string[]>} values the state in the address
 * @param {string} now today
 * @returns {Promise<Plan>}
 * @throws {Error} worded for readers, if a source cannot be had
 */
export async function compose(material, values, now = today()) {
  const made = Object.entries(material.items.length ? sections(material) : {})
  const { fields, packed, notes } = notesIn(values.get("note") ?? [], made.map(([id]) => id))
  const parts = made.map(([id, { lines, table }]) => {
    const { lines: own, outdated } = packed.has(id) ? unpack(packed.get(id), lines) : { lines, outdated: false }
    return { id, lines, own, table, outdated, changed: packed.has(id) }
  })
  const cited = await sourcesOf(parts)
  const lead = changes(values.get("lead") ?? [], material.tools)
  const day = onDay(values.get("event") ?? [], material)
  const steps = schedule(day.held, material.event, lead.changed, now)
  return {
    fields, packed, parts, steps, held: day.held, apart: day.apart, behind: day.behind, open: day.open, chosen: material.items.some(({ record }) => record === "tool"), against: material.refused.length > 0 && !material.proposed.length, event: material.event, earliest: earliest(steps), changed: lead.changed, cited, sources: number(parts, cited),
    notes: [...material.notes, ...(material.items.length ? [...notes, ...lead.notes, ...day.notes] : [])],
  }
}

/* The sources that the lines of the parts cite, by id. */
async function sourcesOf(parts) {
  const ids = parts.flatMap(({ own }) => own.flatMap(({ sources }) => sources.map(({ source }) => source)))
  const found = await Promise.all([...new Set(ids)].map((id) => read(`sources/${id}.json`)))
  return new Map(found.map((source) => [source.id, source]))
}

/** Give each citation its number, in the order in which they are met, and list them by source. */
export function number(parts, records) {
  const numbers = new Map()
  const bySource = new Map()
  for (const line of parts.flatMap(({ own }) => own)) {
    const cited = line.sources.map((source) => {
      if (!numbers.has(source.url)) {
        numbers.set(source.url, numbers.size + 1)
        const places = bySource.get(source.source) ?? bySource.set(source.source, []).get(source.source)
        places.push({ number: numbers.get(source.url), place: source.place ?? null, href: address(source.url) })
      }
      return numbers.get(source.url)
    })
    line.numbers = [...new Set(cited)]
  }
  return [...bySource].map(([id, places]) => ({ ...nameOf(records.get(id)), places }))
}

/* A source as it is found again without the handbook: its short name, title, publisher and year, and where it stands. */
function nameOf({ short, title, publisher, published, url }) {
  const full = [title, publisher, published?.slice(0, 4)].filter(Boolean).join(", ")
  return { title: short && short !== title ? `${short}. ${full}` : full, short: short || title, link: address(url) }
}
