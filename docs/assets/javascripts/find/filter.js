/* Which entries fit what the reader has chosen, how many would fit otherwise, and in which order.
   Within a facet any of the chosen values is enough; every facet must be met. */

const NONE = []

/** The values of an entry for a facet. For its sectors the entry has a reason for each, under the sector's id. */
export function values(entry, facet) {
  const found = facet === "record" ? [entry.record] : entry[facet] ?? NONE
  return Array.isArray(found) ? found : Object.keys(found)
}

/**
 * @param {any[]} entries
 * @param {Map<string, Set<string>>} chosen the values chosen for each facet; a facet without any is open
 * @param {string[]} facets every facet that counts are wanted for
 * @returns {{found: any[], near: {entry: any, missed: string}[], counts: Map<string, Map<string, number>>}} near are those that
 *   miss one facet only; counts say for each value how many entries have it and meet all other facets: so many there would
 *   be if the reader chose it
 */
export function filter(entries, chosen, facets) {
  const counts = new Map(facets.map((facet) => [facet, new Map()]))
  const asked = facets.filter((facet) => chosen.get(facet)?.size)
  const found = []
  const near = []
  for (const entry of entries) {
    let missed = null
    let misses = 0
    for (const facet of asked) {
      const wanted = chosen.get(facet)
      if (!values(entry, facet).some((value) => wanted.has(value))) {
        missed = facet
        misses += 1
        if (misses > 1) break
      }
    }
    if (misses === 0) found.push(entry)
    else if (misses === 1) near.push({ entry, missed })
    // What misses one facet only would be there if that facet were chosen otherwise.
    if (misses > 1) continue
    for (const facet of misses ? [missed] : facets) {
      const count = counts.get(facet)
      for (const value of values(entry, facet)) count.set(value, (count.get(value) ?? 0) + 1)
    }
  }
  return { found, near, counts }
}

/** For each chosen facet, how many entries there would be without it; the most first. */
export function relaxations(entries, chosen) {
  return [...chosen.keys()]
    .filter((facet) => chosen.get(facet).size)
    .map((facet) => {
      const rest = new Map([...chosen].filter(([other]) => other !== facet))
      return { facet, count: filter(entries, rest, [...rest.keys()]).found.length }
    })
    .sort((a, b) => b.count - a.count)
}

const ALPHABET = new Intl.Collator("en") // many times quicker than localeCompare

/**
 * The orders that the reader can choose from. Each compares by one thing that is on record; none of them weighs several.
 * What is compared besides the entries: the sector that was chosen, and the reasons for a sector from weak to strong.
 */
export const ORDERS = {
  handbook: { label: "As in the handbook", compare: () => 0 },
  sector: { label: "Closest to your sector first", compare: (a, b, { sector, reasons }) => reasons.indexOf(b.sector[sector]) - reasons.indexOf(a.sector[sector]) },
  title: { label: "By title", compare: (a, b) => ALPHABET.compare(a.title, b.title) },
  conditions: { label: "Fewest conditions that must be in place", compare: (a, b) => a.must - b.must },
  breadth: { label: "Most widely reported (lessons)", compare: (a, b) => rank(b) - rank(a) },
}

const LADDER = ["unknown", "one", "few", "some", "several", "many", "most", "all"]

function rank(entry) {
  return LADDER.indexOf(values(entry, "breadth")[0] ?? "unknown")
}

/** `entries` in one of the ORDERS; what is equal stays as it was. */
export function sorted(entries, order, besides) {
  return order === "handbook" ? entries : [...entries].sort((a, b) => ORDERS[order].compare(a, b, besides))
}
