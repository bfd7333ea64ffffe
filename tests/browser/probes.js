/* What tests ask of a page beyond axe. Each function gives a list of what is
   wrong, in words; an empty one is what is hoped for. */

const shown = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
const name = (element) => {
  const words = (element.ariaLabel || element.textContent || element.value || "").trim().replace(/\s+/g, " ").slice(0, 40)
  const classes = [...element.classList].slice(0, 2).map((one) => `.${one}`).join("")
  return `<${element.localName}${classes}> “${words}”`
}
/* For screen readers alone, and so of no size on purpose. */
const heardOnly = (element) => {
  for (let around = element; around; around = around.parentElement) if (getComputedStyle(around).clipPath === "inset(50%)") return true
  return false
}
/* Rolled away until it is asked for. */
const closed = (element) => element.closest("[data-md-component=sidebar], .md-search__output, .md-nav") && !element.closest("article")

/** The visible pieces of text, each with its element and where its lines stand. */
function texts(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  const found = []
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement
    if (!walker.currentNode.textContent.trim() || !shown(element) || heardOnly(element) || element.closest("svg, option, [data-md-component=skip]")) continue
    const range = document.createRange()
    range.selectNodeContents(walker.currentNode)
    for (const box of range.getClientRects()) if (box.width > 1 && box.height > 1) found.push({ element, box })
  }
  return found
}

/** Text of which a box cuts something off that no scroll bar brings back. */
export function cut() {
  const wrong = new Set()
  for (const { element, box } of texts(document.body)) {
    for (let around = element; around && around !== document.documentElement; around = around.parentElement) {
      const style = getComputedStyle(around)
      if (style.position === "fixed") break
      const frame = around.getBoundingClientRect()
      const hides = (value) => value === "hidden" || value === "clip"
      const lost = [
        hides(style.overflowX) && (box.right > frame.right + 2 || box.left < frame.left - 2),
        hides(style.overflowY) && (box.bottom > frame.bottom + 0.3 * box.height || box.top < frame.top - 0.3 * box.height),
      ]
      if (lost.some(Boolean) && !closed(element)) wrong.add(name(element))
      if (style.overflowX === "auto" || style.overflowX === "scroll") break
    }
  }
  return [...wrong].map((what) => `cut off: ${what}`)
}

/* What stands still while the page is moved below it. */
const stands = (element) => {
  for (let around = element; around; around = around.parentElement) if (["sticky", "fixed"].includes(getComputedStyle(around).position)) return true
  return false
}

/** Lines of text of two elements, neither in the other, that stand over each other by more than half a line. */
export function overlapping() {
  const lines = [".md-header", ".md-tabs", "article, .md-footer"].map((part) => [...document.querySelectorAll(part)].flatMap(texts))
    .map((found, nth) => found.filter(({ element }) => !closed(element) && (nth < 2 || !stands(element)))).flat()
  lines.sort((one, other) => one.box.top - other.box.top)
  const wrong = new Set()
  lines.forEach(({ element, box }, nth) => {
    for (let next = nth + 1; next < lines.length && lines[next].box.top < box.bottom; next += 1) {
      const other = lines[next]
      const width = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left)
      const height = Math.min(box.bottom, other.box.bottom) - other.box.top
      const apart = element === other.element || element.closest("thead") || other.element.closest("thead")
      if (!apart && width > 4 && height > 0.5 * Math.min(box.height, other.box.height)) wrong.add(`${name(element)} and ${name(other.element)}`)
    }
  })
  return [...wrong].map((what) => `over each other: ${what}`)
}

/** Whether the page must be moved sideways to be read. */
export function sideways() {
  const { scrollWidth, clientWidth } = document.documentElement
  return scrollWidth > clientWidth ? [`the page is ${scrollWidth} wide in a window of ${clientWidth}`] : []
}

/** What moves, or would take time to move: animations, changes of style, and jumps within the page that would glide. */
export function moving() {
  const running = document.getAnimations().map((animation) => `moves: ${name(animation.effect.target)}`)
  const slow = [...document.querySelectorAll("*")].filter((element) => [null, "::before", "::after"].some((part) => {
    const style = getComputedStyle(element, part)
    const takesTime = [style.transitionDuration, style.animationDuration].some((times) => times.split(", ").some((time) => parseFloat(time) > 0.01))
    return takesTime || style.scrollBehavior === "smooth"
  }))
  return [...running, ...slow.map((element) => `would move: ${name(element)}`)]
}

/* What is coloured or has a coloured edge of its own, and what the browser or the page's own text makes of that. */
const coloured = (element) => {
  const style = getComputedStyle(element)
  const edged = ["Top", "Right", "Bottom", "Left"].some((side) => style[`border${side}Style`] !== "none" && parseFloat(style[`border${side}Width`]) > 0)
  const filled = !/^rgba.*, 0\)$/.test(style.backgroundColor) && style.backgroundColor !== getComputedStyle(element.parentElement).backgroundColor
  return edged || filled || style.backgroundImage !== "none" || style.maskImage !== "none"
}
const WORDLESS = "img, svg, svg *, hr, br, input, select, textarea, progress, table, thead, tbody, tr, td, th, col, colgroup, .hb-plan-lines" // the last are lines to write on

/** Marks that nothing but a colour or a sign tells: those of our own classes, and anything coloured without words, whatever it is called. */
export function colourAlone() {
  const marks = [...document.querySelectorAll(".hb-badge, .hb-mark, .hb-unknown, .hb-verdict")]
  const others = [...document.querySelectorAll("article *")].filter((element) => !element.matches(WORDLESS) && !element.querySelector("img, svg, input, progress") && coloured(element))
  return [...new Set([...marks, ...others])].filter((mark) => shown(mark) && !mark.textContent.trim()).map((mark) => `no words: ${name(mark)}`)
}

/** Pictures and boxes that vanish when the reader's own colours take the place of ours. */
export function lostInForcedColours() {
  const canvas = getComputedStyle(document.body).backgroundColor
  const pictures = [...document.querySelectorAll("body *")].filter(shown).flatMap((element) => [null, "::before", "::after"].map((part) => [element, part]))
    .filter(([element, part]) => {
      const style = getComputedStyle(element, part)
      const there = style.maskImage !== "none" && (!part || (style.content !== "none" && style.content !== "normal"))
      return there && parseFloat(style.width) > 2 && style.backgroundColor === canvas
    })
  const boxes = [...document.querySelectorAll("article :is(.hb-badge, .hb-button, .hb-choice, input, select, textarea)")].filter(shown)
    .filter((element) => !isBare(element) && ["Top", "Bottom"].every((side) => getComputedStyle(element)[`border${side}Style`] === "none") && !native(element))
  return [...pictures.map(([element, part]) => `lost: the picture ${part ?? "of"} ${name(element)}`), ...boxes.map((box) => `lost: the edge of ${name(box)}`)]
}
const isBare = (element) => element.matches(".hb-badge") && element.textContent.trim()
const native = (element) => ["checkbox", "radio", "date"].includes(element.type)

/** What looks as if it did something, and does nothing without scripts. */
export function dead() {
  const controls = [...document.querySelectorAll("article :is(button, input, select, textarea), .md-header button, .md-header input")].filter(shown)
  return controls.filter((control) => !control.disabled).map((control) => `does nothing: ${name(control)}`)
}

/* What a page without scripts need not show: what only they fill in or offer, what is for paper alone, a second list of what is on the page,
   the words that a drawing has for screen readers or for phones. */
const MAY_BE_HIDDEN = ".hb-needs-script, .hb-of-search, .hb-print-only, .hb-jump, svg :is(title, desc, .hb-below)"

/** Text of the article that nobody can read, all that unfolds being open. */
export function unread() {
  for (const folded of document.querySelectorAll("article details")) folded.open = true
  const walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT)
  const wrong = new Set()
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement
    if (!walker.currentNode.data.trim() || element.closest(MAY_BE_HIDDEN)) continue
    if (!shown(element) || (heardOnly(element) && !element.closest(".hb-hidden"))) wrong.add(name(element))
  }
  return [...wrong].map((what) => `not shown: ${what}`)
}

const REACHED = "a[href], button, input, select, textarea, summary, [tabindex]"
const reachable = () => [...document.querySelectorAll(REACHED)].filter((element) =>
  element.tabIndex >= 0 && !element.disabled && isThere(element) && !element.closest("[inert]") && isFirstRadio(element))
/* Some links are as clear as glass until they have the focus. */
const isThere = (element) => element.checkVisibility({ visibilityProperty: true })
const isFirstRadio = (element) => {
  if (element.type !== "radio") return true
  const group = [...document.getElementsByName(element.name)].filter((one) => one.form === element.form && !one.disabled && isThere(one))
  return element === (group.find((one) => one.checked) ?? group[0])
}

/* What shows that an element has the focus: itself, or what stands for it. */
const faces = (element) => element.matches(".md-nav__toggle")
  ? [...element.parentElement.querySelectorAll(":scope > label, :scope > .md-nav__container, :scope > .md-nav > .md-nav__title")].filter(shown)
  : [element, ...(element.labels ?? [])]
const boxes = (face) => [...face.getClientRects()].filter((box) => box.width > 1 && box.height > 1)
const inWindow = (box) => box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight
const inSight = (face) => shown(face) && !heardOnly(face) && boxes(face).some(inWindow)
const looks = (element) => faces(element).map((face) => {
  const style = getComputedStyle(face)
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1 ? `${style.outlineStyle} ${style.outlineWidth} ${style.outlineColor}` : ""
  const edge = parseFloat(style.borderTopWidth) || parseFloat(style.borderBottomWidth) ? style.borderColor : ""
  return [ring, style.boxShadow, edge, style.backgroundColor, style.textDecorationLine].join(";")
}).join("|")

let waiting = new Map()
let before = new Map()

/** Note what the keyboard must reach, in the order of the page, and how each looks without the focus. */
export function expectAll() {
  document.activeElement?.blur()
  const all = reachable()
  waiting = new Map(all.map((element, nth) => [element, nth]))
  before = new Map(all.map((element) => [element, looks(element)]))
  return all.length
}

/** What is wrong with where the focus is now: its place in the order, its look, what covers it. "" at the end of the page. */
export async function focused(last) {
  const element = document.activeElement
  if (!element || element === document.body || element === document.documentElement) return { end: true }
  const nth = waiting.get(element)
  if (nth === last && element.type === "date") return { nth, wrong: [] } // it has stops of its own inside, for day, month and year
  const wrong = []
  if (nth === undefined) wrong.push(`not expected: ${name(element)}`)
  else if (nth <= last) wrong.push(`out of order: ${name(element)}`)
  if (before.get(element) === looks(element)) wrong.push(`the focus does not show: ${name(element)}`)
  const lost = () => !faces(element).some(inSight) || isCovered(element)
  for (let frame = 0; frame < 20 && lost(); frame += 1) await new Promise(requestAnimationFrame) // the page comes after it
  if (!faces(element).some(inSight)) wrong.push(`out of sight: ${name(element)}`)
  else if (isCovered(element)) wrong.push(`covered: ${name(element)}`)
  const skipped = [...waiting].filter(([, at]) => at > last && at < nth).map(([one]) => `never reached: ${name(one)}`)
  return { nth: nth ?? last, wrong: [...wrong, ...skipped] }
}

/* WCAG 2.4.11: not wholly hidden by what stands still. Words of a link can lie in the box of what is around them in the line. */
function isCovered(element) {
  const there = faces(element).filter(inSight)
  const isIts = (at) => there.some((face) => face.contains(at) || (at.contains(face) && getComputedStyle(at).display === "inline"))
  return !there.flatMap(boxes).some((box) => [0.15, 0.5, 0.85].some((across) => [0.2, 0.5, 0.8].some((down) => {
    const at = document.elementFromPoint(box.left + across * box.width, box.top + down * box.height)
    return at && isIts(at)
  })))
}

/** Rings around what has the focus that do not stand out at 3:1 (WCAG 2.4.7, 1.4.11), in each of the colour schemes. */
export function rings(schemes) {
  const own = document.body.dataset.mdColorScheme
  const faint = schemes.flatMap((scheme) => {
    document.body.dataset.mdColorScheme = scheme
    return [...waiting.keys()].flatMap((element) => {
      element.focus({ preventScroll: true })
      return faces(element).some((face) => ringed(face)) ? [] : [`no ring that stands out (${scheme}): ${name(element)}`]
    })
  })
  document.body.dataset.mdColorScheme = own
  return faint
}

function ringed(face) {
  const { outlineStyle, outlineWidth, outlineColor, outlineOffset } = getComputedStyle(face)
  const ground = over(parseFloat(outlineOffset) < 0 ? face : face.parentElement)
  return outlineStyle !== "none" && parseFloat(outlineWidth) >= 1 && contrast(mixed(rgba(outlineColor), ground), ground) >= 3
}

const brush = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true })
/* Any colour that CSS can write, as four numbers up to 255. */
const rgba = (colour) => {
  brush.clearRect(0, 0, 1, 1)
  brush.fillStyle = colour
  brush.fillRect(0, 0, 1, 1)
  return [...brush.getImageData(0, 0, 1, 1).data]
}
const mixed = ([red, green, blue, alpha], ground) => [red, green, blue].map((part, nth) => (part * alpha + ground[nth] * (255 - alpha)) / 255)
/* The colour on which something drawn at the edge of an element stands. */
const over = (element) => element ? mixed(rgba(getComputedStyle(element).backgroundColor), over(element.parentElement)) : [255, 255, 255]
const light = (colour) => {
  const [red, green, blue] = colour.map((part) => part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
const contrast = (one, other) => (Math.max(light(one), light(other)) + 0.05) / (Math.min(light(one), light(other)) + 0.05)
