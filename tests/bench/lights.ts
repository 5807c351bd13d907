/**
 * Ten thousand lights that turn within the same minute, on 500 screens: how much later than its instant each is shown.
 * Nobody polls and the server sends nothing: the screens turn the lights by themselves. Bare: the same steps of a second
 * on the machine's own clock.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { BenchSection } from './bench-row.ts';

const CASES = 10_000;
const SCREENS = 500;
const PROCESSES = 2;
const MINUTE_MS = 60_000;
/** For the cases to be made and to arrive everywhere. */
const AHEAD_MS = 45_000;

export async function lightsSummary(): Promise<BenchSection> {
  const server = start('lights-server.ts');
  const screens = Array.from({ length: PROCESSES }, () => start('lights-screens.ts'));
  try {
    const { origin } = await next<{ origin: string }>(server);
    const from = Math.ceil((Date.now() + AHEAD_MS) / 1_000) * 1_000;
    const until = from + MINUTE_MS + 10_000;
    const connected = screens.map((child) => next(child));
    for (const child of screens) {
      child.send({ origin, screens: SCREENS / PROCESSES, cases: CASES, from, until });
    }
    await Promise.all(connected);
    const made = next(server);
    server.send({ count: CASES, from, minuteMs: MINUTE_MS });
    await made;
    const results = screens.map((child) => next<{ delays: number[]; shown: number; early: number }>(child));
    const bare = await bareDelays(from, until);
    const told = await Promise.all(results);
    const all = merge(told.map(({ delays }) => delays));
    const shown = told.reduce((sum, one) => sum + one.shown, 0);
    const early = told.reduce((sum, one) => sum + one.early, 0);
    const row = (what: string, share: number, budget?: string) => ({
      what,
      measured: `${rank(all, share)} ms`,
      bare: `${rank(bare, share)} ms`,
      ratio: (rank(all, share) / rank(bare, share)).toFixed(2),
      ...(budget ? { budget } : {}),
    });
    return {
      title: 'Lights',
      how: `${CASES.toLocaleString('en')} cases whose lights turn within one minute, on ${SCREENS} connected screens (${PROCESSES} processes, the client's own modules for time and lights); shown minus true instant. Bare: the same steps on the machine's own clock.`,
      rows: [
        row('turned → shown, p50', 0.5),
        row('turned → shown, p99', 0.99, '≤ 2 s'),
        row('turned → shown, the latest', 1),
        {
          what: 'turnings shown',
          measured: shown.toLocaleString('en'),
          bare: (CASES * SCREENS).toLocaleString('en'),
          ratio: (shown / (CASES * SCREENS)).toFixed(2),
          budget: 'all',
        },
        { what: 'shown before their instant', measured: String(early), budget: '0' },
      ],
    };
  } finally {
    for (const child of [server, ...screens]) child.kill('SIGTERM');
  }
}

/** The same instants on one clock that needs no server. */
async function bareDelays(from: number, until: number): Promise<number[]> {
  const delays: number[] = [];
  let shown = 0;
  const instant = (n: number) => from + Math.floor((n / CASES) * MINUTE_MS);
  while (shown < CASES && Date.now() < until) {
    const at = Date.now();
    // Every other turns red: right after its instant.
    for (; shown < CASES && instant(shown) + (shown % 2) <= at; shown++) {
      const late = Math.min(7_999, at - instant(shown));
      delays[late] = (delays[late] ?? 0) + 1;
    }
    await wait(1_000 - (Date.now() % 1_000) + 5);
  }
  return delays;
}

function merge(all: number[][]): number[] {
  return Array.from({ length: 8_000 }, (_, late) => all.reduce((sum, one) => sum + (one[late] ?? 0), 0));
}

/** The delay in milliseconds that this share of the turnings did not exceed. */
function rank(counts: readonly number[], share: number): number {
  const total = counts.reduce((sum, count) => sum + (count || 0), 0);
  let seen = 0;
  for (let late = 0; late < counts.length; late++) {
    seen += counts[late] ?? 0;
    if (seen >= share * total) return late;
  }
  return counts.length;
}

function start(file: string): ChildProcess {
  return fork(fileURLToPath(new URL(`./${file}`, import.meta.url)), { execArgv: ['--import', 'tsx'] });
}

function next<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as T));
    child.once('exit', (code) => reject(new Error(`a process of the bench ended with ${code}`)));
  });
}
