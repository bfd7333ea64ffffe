/* One place on every page that tells what a link carries in vain. */

import { element, show } from "./dom.js"
import { notice } from "./notice.js"
import { picks, renew } from "./shortlist.js"
import { follow, read } from "./state.js"

const FULL = "Your link is full: it cannot carry more. Take something off your shortlist, or shorten what you wrote in the plan. Your last choice was left out."

/** Say it below the title of the page when the reader arrives. It stays until the next link or the browser's buttons bring something else. */
export function notices() {
  const region = element("div.hb-notices", { "aria-live": "polite" })
  document.querySelector(".md-content h1")?.after(region)
  const tell = () => show(region, notice([...read().notes, ...picks().notes]))
  const arrived = async () => {
    tell()
    // Whoever needs the records says if the data cannot be had.
    if (await renew().catch(() => false)) tell()
  }
  follow(({ type }) => (type === "hb-state" ? null : arrived()))
  addEventListener("hb-full", () => show(region, notice([FULL])))
  arrived()
}
