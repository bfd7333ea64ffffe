/* What the theme has in each page as inline scripts, which the Content-Security-Policy
   stops. It is no module, because it must have run before the page is painted. */

/* The theme's own names and words, for its script and for theme.js. Other sites may
   share our origin, so what is stored has our path in its name. */
window.__md_scope = new URL("../..", document.currentScript.src)
window.__md_get = (name, from = localStorage, scope = __md_scope) => JSON.parse(from.getItem(`${scope.pathname}.${name}`))
window.__md_set = (name, value, to = localStorage, scope = __md_scope) => {
  try {
    to.setItem(`${scope.pathname}.${name}`, JSON.stringify(value))
  } catch {
    // Storage is switched off or full; the choice holds until the next page.
  }
}

/* The reader's colours, as soon as there is a <body> that can have them. */
new MutationObserver((_, observer) => {
  if (!document.body) return
  observer.disconnect()
  try {
    const scheme = __md_get("__palette")?.color?.scheme
    if (["default", "slate"].includes(scheme)) document.body.dataset.mdColorScheme = scheme
  } catch {
    // Storage is switched off, or what stands there is not ours.
  }
}).observe(document.documentElement, { childList: true })
