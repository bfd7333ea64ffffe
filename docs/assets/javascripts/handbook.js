/* What runs on every page. A tool of the handbook stands on its page as an
   element with data-part="name", and name/index.js brings it to life. */

import "./theme.js"
import { back } from "./lib/back.js"
import { bar } from "./lib/bar.js"
import { notices } from "./lib/notices.js"
import { keep, recall } from "./lib/remember.js"
import { travel } from "./lib/travel.js"

recall()
back()
keep()
notices()
bar()
travel()

const started = [...document.querySelectorAll("[data-part]")].map((place) =>
  import(`./${place.dataset.part}/index.js`).then(
    (part) => start(part, place),
    () => place.classList.add("hb-part-missing"), // what stands there without JavaScript stays
  ),
)

/* For whoever looks at a page by program: from here on it stands. */
Promise.allSettled(started).then(() => document.documentElement.classList.add("hb-started"))

/* What a part moves or replaces is shown when it has done so; see handbook.css. */
async function start(part, place) {
  try {
    await part.start(place)
  } finally {
    place.classList.add("hb-part-started")
  }
}
