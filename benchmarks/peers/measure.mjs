// What every peer in JavaScript says of itself; the same call and the same answer as measure.py.
import { readFileSync, writeFileSync } from "node:fs";

export function measured(read, told) {
  const [path, from, to, out] = process.argv.slice(2);
  const before = performance.now();
  const found = read(path, new Date(from), new Date(to));
  const seconds = (performance.now() - before) / 1000;
  const cost = { seconds, peak_kb: peakKb(), occurrences: found.length };
  if (out) writeFileSync(out, found.map(told).filter(Boolean).map(line).join(""));
  console.log(JSON.stringify(cost));
}

function peakKb() {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))[1]);
}

function line([uid, start, end]) {
  return `${uid}\t${Math.round(start / 1000)}\t${Math.round(end / 1000)}\n`;
}
