// ical.js, as Thunderbird reads calendars: its iterator runs from DTSTART on; joining series and overrides is left to the caller.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";
import { measured } from "./measure.mjs";

function read(path, from, to) {
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(path, "utf8")));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  const masters = [];
  const overrides = new Map();
  for (const event of calendar.getAllSubcomponents("vevent")) {
    if (!event.hasProperty("recurrence-id")) {
      masters.push(event);
      continue;
    }
    const uid = event.getFirstPropertyValue("uid");
    overrides.set(uid, [...(overrides.get(uid) ?? []), event]);
  }
  return masters.flatMap((each) => expand(each, overrides.get(each.getFirstPropertyValue("uid")) ?? [], from, to));
}

function expand(master, overrides, from, to) {
  const event = new ICAL.Event(master, { exceptions: overrides, strictExceptions: true });
  const found = [];
  const keep = (item, startDate, endDate) => {
    const [start, end] = [startDate.toJSDate(), endDate.toJSDate()];
    if (start < to && end > from) found.push({ uid: event.uid, item, start, end });
  };
  if (!event.isRecurring()) {
    keep(event, event.startDate, event.endDate);
    return found;
  }
  // an override may bring an occurrence into the window from so far behind it
  const last = to.getTime() + 7 * 24 * 3600 * 1000;
  const steps = event.iterator();
  for (let time = steps.next(); time && time.toJSDate() < last; time = steps.next()) {
    const { item, startDate, endDate } = event.getOccurrenceDetails(time);
    keep(item, startDate, endDate);
  }
  return found;
}

measured(read, ({ uid, item, start, end }) =>
  item.component.getFirstPropertyValue("status") === "CANCELLED" ? null : [uid, start, end],
);
