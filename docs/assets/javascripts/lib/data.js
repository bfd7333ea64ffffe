/* The records as the build has written them; see handbook/published.py. */

/** The address of the site's first page; every address in the data is relative to it. */
export const HOME = new URL("../../../", import.meta.url)

const asked = new Map()

/**
 * One of the files below data/, read once.
 * @param {string} path such as "conditions.json" or "tools/living-lab.json"
 * @returns {Promise<any>}
 * @throws {Error} worded for readers, if the file cannot be had; its `missing` is true if there is none
 */
export function read(path) {
  if (!asked.has(path)) {
    asked.set(path, ask(path).catch((error) => {
      asked.delete(path) // the next try may go better
      throw error
    }))
  }
  return asked.get(path)
}

async function ask(path) {
  let answer
  try {
    answer = await fetch(new URL(`data/${path}`, HOME))
  } catch {
    throw new Error("The handbook’s data could not be loaded. Check your connection and load the page again.")
  }
  if (!answer.ok) throw Object.assign(new Error(`The handbook has no data under the name ${path}.`), { missing: answer.status === 404 })
  return answer.json()
}

/** The full address of one that is relative to the site's first page. */
export function address(url) {
  return new URL(url, HOME).href
}
