import { parseArgs } from 'node:util';
import pino from 'pino';
import { Value } from 'typebox/value';
import type { Job } from '#contract/jobs';
import { ErrorBody } from '#contract/shared';
import { NewSimulation, SimulationResult } from '#contract/simulation';
import { holdWorkAxis } from '../clock/service.ts';
import { systemClock } from '../clock/system-clock.ts';
import type { Config } from '../config.ts';
import type { Database } from '../db/database.ts';
import { AppError } from '../errors.ts';
import { showProgress } from '../imports/show-import.ts';
import { runNow } from '../jobs/service.ts';
import { registerSimulations, submitSimulation } from './service.ts';

const USAGE = `用法 / usage: npm run gridwatch -- simulate --cases <n> --year <yyyy> [options]
  --seed <n>                            同一种子得到同一年度 / the same seed gives the same year (1)
  --server <url> --key gw_…             交给运行中的服务器 / hand it to a running server
  中断后用相同参数再次运行即可继续 / cut off, the same command goes on where it was
`;

const POLL_MS = 700;

interface Terminal {
  config: Config;
  openDatabase: () => Promise<Database>;
  write: (text: string) => void;
}

/** `gridwatch simulate`: on the database itself, or through a running server. Returns the exit code. */
export async function simulateFromTerminal(args: string[], terminal: Terminal): Promise<number> {
  const { write } = terminal;
  const { values } = parseArgs({
    args,
    options: {
      cases: { type: 'string' },
      year: { type: 'string' },
      seed: { type: 'string', default: '1' },
      server: { type: 'string' },
      key: { type: 'string' },
    },
  });
  const given = { cases: Number(values.cases), year: Number(values.year), seed: Number(values.seed) };
  const { server, key } = values;
  if (!Value.Check(NewSimulation, given) || (server === undefined) !== (key === undefined)) {
    write(USAGE);
    return 64;
  }
  const started = performance.now();
  try {
    const job =
      server !== undefined && key !== undefined
        ? await simulateOnServer(given, { server, key, write })
        : await simulateHere(given, terminal);
    write('\r\u{1b}[K');
    if (job.state !== 'done' || !Value.Check(SimulationResult, job.result)) {
      write(`${job.error ? `${job.error.code}: ${job.error.message}` : job.state}\n`);
      return 1;
    }
    const { cases, reports, until } = job.result;
    const seconds = (performance.now() - started) / 1000;
    write(
      `${cases} 个案件，${reports} 条上报，截至 ${until}；${seconds.toFixed(1)} 秒\n` +
        `${cases} cases, ${reports} reports, up to ${until}; ${seconds.toFixed(1)} s\n`,
    );
    return 0;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    write(`${error.code}: ${error.message}\n`);
    return 1;
  }
}

/** The same job and work as on a server, in this process. */
async function simulateHere(given: NewSimulation, { config, openDatabase, write }: Terminal): Promise<Job> {
  const db = await openDatabase();
  const context = {
    config,
    db,
    clock: systemClock,
    axis: await holdWorkAxis(db, config.timeZone),
    log: pino({ level: 'silent' }),
    publish: () => undefined,
  };
  registerSimulations();
  const submitted = await submitSimulation(context, null, given);
  return runNow(context, submitted.id, showProgress(write));
}

async function simulateOnServer(
  given: NewSimulation,
  { server, key, write }: { server: string; key: string; write: Terminal['write'] },
): Promise<Job> {
  const api = `${server.replace(/\/+$/, '')}/api/v1`;
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  let job = await answerOf(
    await fetch(`${api}/simulations`, { method: 'POST', headers, body: JSON.stringify(given) }),
  );
  const show = showProgress(write);
  while (job.state === 'queued' || job.state === 'running') {
    if (job.progress) show(job.progress);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    job = await answerOf(await fetch(`${api}/jobs/${job.id}`, { headers }));
  }
  return job;
}

/** @throws Error with the server's words */
async function answerOf(response: Response): Promise<Job> {
  const body: unknown = await response.json();
  if (response.ok) return body as Job;
  throw new Error(Value.Check(ErrorBody, body) ? `${body.code}: ${body.message}` : `HTTP ${response.status}`);
}
