/* The index of all text on the pages, in a worker of its own, because reading it takes a while in a large handbook. */

import { load, look } from "./rank.js"

let index = null
let pending = null

onmessage = async ({ data }) => {
  if (data.home) {
    const answer = await fetch(new URL("search/text.json", data.home))
    if (!answer.ok) return // the search goes on without it
    const read = await answer.json()
    index = load(read.index)
    postMessage({ made: read.made })
  } else {
    if (!pending) setTimeout(answer)
    pending = data
  }
}

/* Answer the newest question; those asked before it have been typed over. */
function answer() {
  const { number, meanings } = pending
  pending = null
  const { scores, covers } = look("text", index, meanings.map(own).filter(({ terms }) => terms.length))
  postMessage({ number, scores, covers }, [scores.buffer, covers.buffer])
}

/* What can stand in a text: signs cannot, and beginnings would bring in half the handbook. */
function own({ covers, terms }) {
  return { covers, terms: terms.filter(({ sign }) => !sign).map((term) => ({ ...term, prefix: term.prefix && term.last })) }
}
