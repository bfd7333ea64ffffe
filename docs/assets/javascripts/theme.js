/* What the theme's own script does in a way that we cannot keep. */

/* The switch between light and dark colours. The theme's switch writes to
   localStorage when a page opens; this one only when the reader presses it.
   The key and its form are the theme's; early.js reads them back before the page
   is painted. */
for (const button of document.querySelectorAll(".hb-scheme")) {
  const isDark = () => document.body.dataset.mdColorScheme === "slate"
  const show = () => button.setAttribute("aria-pressed", String(isDark()))
  show()
  button.addEventListener("click", () => {
    const scheme = isDark() ? "default" : "slate"
    document.body.dataset.mdColorScheme = scheme
    __md_set("__palette", { color: { scheme } })
    show()
  })
}

/* Menu and search on a phone. The theme has labels of hidden check boxes, which
   no key reaches; without this script they still work by touch. */
const menu = document.getElementById("__drawer")
const drawer = document.querySelector(".md-sidebar--primary")
for (const [id, name, stops] of [
  ["__drawer", "hb-open-menu", ".md-sidebar--primary :is(a[href], button, input)"],
  ["__search", "hb-open-search", ".md-search__input"],
]) {
  const box = document.getElementById(id)
  const label = document.querySelector(`.md-header__button[for="${id}"]`)
  if (!box || !label) continue
  const button = document.createElement("button")
  button.type = "button"
  button.className = `md-header__button md-icon ${name}`
  button.append(...label.childNodes)
  const show = () => button.setAttribute("aria-expanded", String(box.checked))
  show()
  button.addEventListener("click", () => {
    box.click()
    if (box.checked) [...document.querySelectorAll(stops)].find(isThere)?.focus({ preventScroll: true })
  })
  box.addEventListener("change", () => {
    show()
    // The focus goes back to where the reader came from, unless it has gone on by itself.
    if (!box.checked && button.offsetParent && !(box === menu && isBeside(document.activeElement))) button.focus()
  })
  label.replaceWith(button)
}

/* Escape closes the menu, as it closes the search. So does the focus when it goes
   on: what it would come to lies below the menu. */
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && menu.checked) menu.click()
})
document.addEventListener("focusin", (event) => {
  if (menu.checked && isBeside(event.target)) menu.click()
})

function isBeside(place) {
  return ![document.body, menu].includes(place) && !drawer.contains(place) && !place.matches(".hb-open-menu")
}

function isThere(element) {
  return element.checkVisibility({ visibilityProperty: true })
}

/* Names for the boxes that fold groups of the menu, and for the groups: a group
   with a page of its own has only a picture as its label. */
for (const box of document.querySelectorAll(".md-nav__toggle")) {
  const name = box.parentElement.querySelector(".md-ellipsis")?.textContent.trim()
  const group = box.parentElement.querySelector(":scope > nav[aria-labelledby]")
  if (name) box.setAttribute("aria-label", box.id === "__toc" ? "On this page" : name)
  if (name && group) {
    group.removeAttribute("aria-labelledby")
    group.setAttribute("aria-label", name)
  }
}

/* A table or listing that is wider than the screen can be scrolled by keys. The
   theme puts its boxes around tables while the page loads. */
window.addEventListener("load", () => {
  for (const box of document.querySelectorAll(".md-typeset__scrollwrap, pre > code")) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0
  }
})

/* The theme listens for single letters (f, s, / to search, p, n and others to
   turn pages) and has no way to switch that off, which WCAG 2.1.4 asks for:
   people who speak to their computer set them off by accident. */
document.addEventListener("keydown", (event) => {
  const typing = event.target instanceof Element &&
    event.target.closest("input, textarea, select, [contenteditable]")
  const command = event.ctrlKey || event.metaKey || event.altKey
  // The theme listens on the window, one step further out than this.
  if (!typing && !command && event.key.length === 1) event.stopPropagation()
})
