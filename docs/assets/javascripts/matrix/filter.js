/* Which rows of the matrix are left, and how many there would be. No page, no words. */

/**
 * The rows that have one of `states` in one of `sectors`. An empty list means any.
 * @param {Array<{states: Map<string, string>}>} rows each with its state by sector
 * @param {{sector: string[], state: string[]}} chosen
 */
export function left(rows, { sector, state }) {
  if (!state.length) return rows
  return rows.filter((row) => [...row.states].some(([place, found]) =>
    (!sector.length || sector.includes(place)) && state.includes(found)))
}

/**
 * How many rows each value would leave if it alone were chosen of its kind, with what is chosen of the other kind.
 * @returns {Map<string, number>} by value
 */
export function counts(rows, chosen, kind, values) {
  return new Map(values.map((value) => [value, left(rows, { ...chosen, [kind]: [value] }).length]))
}

/**
 * How many rows would be left without each kind that something is chosen of; only where there would be any.
 * @returns {Array<[string, number]>} kinds and numbers
 */
export function ways(rows, chosen) {
  return Object.keys(chosen)
    .filter((kind) => chosen[kind].length)
    .map((kind) => [kind, left(rows, { ...chosen, [kind]: [] }).length])
    .filter(([, count]) => count > 0)
}
