/* The index of all text on the pages, in a worker of its own, because reading it takes a while in a large handbook. */

import { load, look } from "./rank.js"

let index = null

onmessage = async ({ data }) => {
  if (data.home) {
    const answer = await fetch(new URL("search/text.json", data.home))
    if (!answer.ok) return // the search goes on without it
    const read = await answer.json()
    index = load(read.index)
    postMessage({ made: read.made })
  } else {
    const { scores, covers } = look("text", index, data.meanings)
    postMessage({ scores, covers }, [scores.buffer, covers.buffer])
  }
}
