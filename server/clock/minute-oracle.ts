import { readFileSync } from 'node:fs';

/**
 * The slow, obvious answer that the tests hold against the work axis: every minute of the years 2019 to 2028 is
 * marked as working or not, straight from the words of SPEC §3, and working time is counted minute by minute.
 * It shares no code with the modules under test, reads the list of holidays itself, and knows Asia/Shanghai as
 * UTC+8, which it has been since 1991.
 */
const firstMinute = Date.UTC(2018, 11, 31, 16) / 60_000;
const lastMinute = Date.UTC(2028, 11, 31, 16) / 60_000;

export const oracleFrom = firstMinute * 60_000;
export const oracleTo = lastMinute * 60_000;

const restDays = new Set<string>();
const makeUpDays = new Set<string>();
for (const line of readFileSync(new URL('../../data/calendar/holidays.csv', import.meta.url), 'utf8').split(
  '\n',
)) {
  if (line.includes(',false,')) restDays.add(line.slice(0, 10));
  if (line.includes(',true,')) makeUpDays.add(line.slice(0, 10));
}

const works = new Uint8Array(lastMinute - firstMinute);
for (let dayStart = firstMinute; dayStart < lastMinute; dayStart += 1440) {
  // Shifted by eight hours, the UTC fields read as Shanghai's.
  const local = new Date((dayStart + 480) * 60_000);
  const date = local.toISOString().slice(0, 10);
  const isSunday = local.getUTCDay() === 0;
  const month = local.getUTCMonth() + 1;
  const isSummer = month >= 5 && month <= 9;
  if (restDays.has(date) || (isSunday && !makeUpDays.has(date))) continue;
  for (let minute = 0; minute < 1440; minute++) {
    const morning = minute >= 510 && minute < 690;
    const summerAfternoon = isSummer && minute >= 840 && minute < 1050;
    const winterAfternoon = !isSummer && minute >= 810 && minute < 1020;
    if (morning || summerAfternoon || winterAfternoon) works[dayStart - firstMinute + minute] = 1;
  }
}

export function oracleWorksAt(epochMs: number): boolean {
  return works[Math.floor(epochMs / 60_000) - firstMinute] === 1;
}

/** Working milliseconds between two instants, a ≤ b. */
export function oracleWorkMs(a: number, b: number): number {
  let total = 0;
  for (let minute = Math.floor(a / 60_000); minute * 60_000 < b; minute++) {
    if (works[minute - firstMinute] !== 1) continue;
    total += Math.min(b, (minute + 1) * 60_000) - Math.max(a, minute * 60_000);
  }
  return total;
}

/** The first instant by which `workMs` of working time have passed since `start`; null past the oracle's end. */
export function oracleAddWorkMs(start: number, workMs: number): number | null {
  let left = workMs;
  for (let minute = Math.floor(start / 60_000); minute < lastMinute; minute++) {
    if (left <= 0) return start;
    if (works[minute - firstMinute] !== 1) continue;
    const from = Math.max(start, minute * 60_000);
    const available = (minute + 1) * 60_000 - from;
    if (available >= left) return from + left;
    left -= available;
  }
  return null;
}
