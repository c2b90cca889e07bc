// Read calendar files as ical.js does and print the occurrences that start in a window, [from, to).
//
//     node icaljs_expand.mjs FROM TO FILE ...   ->   {"FILE": [{"uid", "start", "end"}, ...], ...}
//
// Times are ISO 8601 in UTC. Cancelled occurrences are left out. Zones are those of the file, never the machine's.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const [from, to, ...files] = process.argv.slice(2);
const start = Date.parse(from);
const end = Date.parse(to);
// an override may bring an occurrence into the window from so far behind it
const slack = 100 * 24 * 3600 * 1000;

function expand(master, overrides) {
  const event = new ICAL.Event(master, { exceptions: overrides, strictExceptions: true });
  const found = [];
  const steps = event.iterator();
  for (let time = steps.next(); time; time = steps.next()) {
    if (time.toJSDate().getTime() > end + slack) break;
    const details = event.getOccurrenceDetails(time);
    const begins = details.startDate.toJSDate();
    const status = details.item.component.getFirstPropertyValue("status");
    if (begins.getTime() >= start && begins.getTime() < end && status !== "CANCELLED") {
      found.push({ uid: event.uid, start: begins.toISOString(), end: details.endDate.toJSDate().toISOString() });
    }
  }
  return found;
}

function occurrences(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  const events = calendar.getAllSubcomponents("vevent");
  const overrides = events.filter((event) => event.hasProperty("recurrence-id"));
  return events
    .filter((event) => !event.hasProperty("recurrence-id"))
    .flatMap((master) => {
      const uid = master.getFirstPropertyValue("uid");
      return expand(master, overrides.filter((each) => each.getFirstPropertyValue("uid") === uid));
    });
}

const result = Object.fromEntries(files.map((file) => [file, occurrences(readFileSync(file, "utf8"))]));
process.stdout.write(JSON.stringify(result));
