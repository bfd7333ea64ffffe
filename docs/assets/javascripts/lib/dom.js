/* Building elements. Text from data only ever becomes text. */

/**
 * A new element.
 * @param {string} name its tag, with classes after dots: "p.hb-lead"
 * @param {Object} [attributes] attributes by name; a function becomes a listener ("onclick"), true an empty attribute, false and null none
 * @param {...(Node|string|null)} content what stands in it
 * @returns {HTMLElement}
 */
export function element(name, attributes = {}, ...content) {
  const [tag, ...classes] = name.split(".")
  const made = document.createElement(tag)
  if (classes.length) made.className = classes.join(" ")
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key.slice(2), value)
    else if (value === true) made.setAttribute(key, "")
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value)
  }
  made.append(...content.flat().filter((part) => part !== null && part !== undefined))
  return made
}

/** Put `content` in the place of all that stands in `parent`. */
export function show(parent, ...content) {
  parent.replaceChildren(...content.flat().filter((part) => part !== null && part !== undefined))
}

/**
 * A function that puts what `make` gives in the place of all that stands in `parent`, but only if it is called with other
 * values than before: the reader may be in it, or on the way into it.
 * @param {(...values: any[]) => (Node|string|null)[]} make
 */
export function shower(parent, make) {
  let before
  return (...values) => {
    const now = JSON.stringify(values)
    if (now === before) return
    before = now
    show(parent, ...make(...values))
  }
}

/** Say `text` to people who listen to the page, through a live region that is in the page from its start. */
export function say(region, text) {
  if (region.textContent !== text) region.textContent = text
}
