// node-ical with its own expandRecurringEvent, which joins series and overrides.
import { readFileSync } from "node:fs";
import ical from "node-ical";
import { measured } from "./measure.mjs";

function read(path, from, to) {
  const events = Object.values(ical.sync.parseICS(readFileSync(path, "utf8"))).filter((each) => each.type === "VEVENT");
  return events.flatMap((event) => ical.expandRecurringEvent(event, { from, to, expandOngoing: true }));
}

measured(read, ({ event, start, end }) => (event.status === "CANCELLED" ? null : [event.uid, start, end]));
