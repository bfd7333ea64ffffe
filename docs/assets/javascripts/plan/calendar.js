/* The latest dates as a calendar file (RFC 5545), written by ical.js. */

import ICAL from "../../vendor/ical.js"
import { addDays, withWeekday } from "./dates.js"
import { sum } from "./edits.js"
import { titleOf } from "./head.js"
import { listed } from "./lines.js"
import { aboutDay } from "./schedule.js"

/* The library folds after so many octets and then adds a blank, and no line may be longer than 75. */
const FOLD = 74

/**
 * The plan's dates, each an event that lasts all day.
 * An event keeps its UID while the plan keeps its title, its organisation and
 * what it proposes, so that a file made later moves the dates in a calendar and
 * does not double them, and another plan's file moves none of them.
 */
export function make(plan, material, headings, now = new Date()) {
  const calendar = new ICAL.Component("vcalendar")
  calendar.addPropertyWithValue("version", "2.0")
  calendar.addPropertyWithValue("prodid", "-//The transfer handbook//Transfer plan//EN")
  calendar.addPropertyWithValue("calscale", "GREGORIAN")
  calendar.addPropertyWithValue("method", "PUBLISH")
  const stamp = ICAL.Time.fromJSDate(now, true)
  const { fields, held, behind } = plan
  const org = fields.get("org") ?? ""
  const whose = sum([titleOf(plan), org, ...material.items.map(({ record, id }) => `${record}.${id}`).sort()].join("\n"))
  const add = (key, day, name, text) => calendar.addSubcomponent(entry(`${whose}.${key}@transfer-handbook`, stamp, day, name, text))
  const title = fields.get("title") ? ` (${fields.get("title")})` : ""
  add("event", plan.event, `${listed(held.map((tool) => tool.title))}: the day${title}`, [org, behind && aboutDay(plan)].filter(Boolean).join("\n"))
  for (const step of plan.steps) if (step.date) add(step.key, step.date, `${step.name} (${step.title})`, about(step, material))
  ICAL.foldLength = FOLD
  return `${calendar.toString()}\r\n`
}

function about({ does, weeks, onRecord, passed, move }, { vocabulary }) {
  const time = weeks === null ? null : `${weeks} weeks before the event${weeks === onRecord ? "" : ", changed by us"}.`
  const late = passed ? `This date had passed when the file was made. Move the event to ${withWeekday(move)} or later, or skip the step.` : null
  return [does.text, `${vocabulary.basis[does.basis].label}.`, time, late].filter(Boolean).join("\n")
}

function entry(uid, stamp, day, name, text) {
  const event = new ICAL.Component("vevent")
  event.addPropertyWithValue("uid", uid)
  event.addPropertyWithValue("dtstamp", stamp)
  event.addPropertyWithValue("dtstart", ICAL.Time.fromDateString(day))
  event.addPropertyWithValue("dtend", ICAL.Time.fromDateString(addDays(day, 1)))
  event.addPropertyWithValue("summary", name)
  if (text) event.addPropertyWithValue("description", text)
  event.addPropertyWithValue("transp", "TRANSPARENT")
  return event
}
