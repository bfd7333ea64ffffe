/* Calendar days as text, "2027-03-01", without hours and without time zones. */

const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
const DAY = 86_400_000

/**
 * The first and the last year a plan can speak of. With the longest lead time every date stays inside four digits.
 */
export const YEARS = [1000, 9990]

/**
 * Whether `text` names a day that exists.
 * @param {string} text
 */
export function isDay(text) {
  const found = SHAPE.exec(text)
  if (!found) return false
  const [year, month, day] = found.slice(1).map(Number)
  if (year < YEARS[0] || year > YEARS[1]) return false
  const made = new Date(Date.UTC(year, month - 1, day))
  return made.getUTCMonth() === month - 1 && made.getUTCDate() === day
}

/**
 * The day `weeks` weeks after `day`, or before it if `weeks` is negative.
 * @param {string} day
 * @param {number} weeks
 */
export function addWeeks(day, weeks) {
  return addDays(day, weeks * 7)
}

/** The day `days` days after `day`. UTC has no summer time, so a day always has 24 hours. */
export function addDays(day, days) {
  return new Date(stamp(day) + days * DAY).toISOString().slice(0, 10)
}

function stamp(day) {
  const [year, month, date] = day.split("-").map(Number)
  return Date.UTC(year, month - 1, date)
}

/** A day as people write it: "1 June 2027". */
export function spelled(day) {
  const date = new Date(stamp(day))
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`
}

/** A day with its weekday in front: "Tue 1 June 2027". */
export function withWeekday(day) {
  return `${DAYS[new Date(stamp(day)).getUTCDay()]} ${spelled(day)}`
}

/** The day it is for the reader, by the reader's own clock and place. */
export function today(now = new Date()) {
  const two = (number) => String(number).padStart(2, "0")
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}
