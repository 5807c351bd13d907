import { parseArgs } from 'node:util';
import { Value } from 'typebox/value';
import { validate } from 'uuid';
import { Reproduction } from '#contract/evaluation';
import { ErrorBody } from '#contract/shared';
import { systemClock } from '../clock/system-clock.ts';
import type { Config } from '../config.ts';
import type { Database } from '../db/database.ts';
import { AppError } from '../errors.ts';
import { reproduceBulletin } from './reproduce.ts';

const USAGE = `用法 / usage: npm run gridwatch -- evaluation reproduce <bulletin> [--server <url> --key gw_…]
  由案件日志重新计算通报，逐项比较 / recomputes a bulletin from the logs of its cases and compares
`;

interface Terminal {
  config: Config;
  openDatabase: () => Promise<Database>;
  write: (text: string) => void;
}

/** `gridwatch evaluation reproduce`. Returns the exit code: 0 identical, 1 something differs or a log is broken. */
export async function reproduceFromTerminal(args: string[], terminal: Terminal): Promise<number> {
  const { write, config } = terminal;
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { server: { type: 'string' }, key: { type: 'string' } },
  });
  const [id] = positionals;
  const { server, key } = values;
  if (id === undefined || !validate(id) || (server === undefined) !== (key === undefined)) {
    write(USAGE);
    return 64;
  }
  try {
    const found =
      server !== undefined && key !== undefined
        ? await askServer(id, server, key)
        : await reproduceBulletin({ db: await terminal.openDatabase(), config, clock: systemClock }, id);
    return show(found, write);
  } catch (error) {
    if (!(error instanceof AppError || error instanceof ServerRefused)) throw error;
    write(`${error.message}\n`);
    return 1;
  }
}

class ServerRefused extends Error {}

async function askServer(id: string, server: string, key: string): Promise<Reproduction> {
  const answer = await fetch(new URL(`/api/v1/bulletins/${id}/reproduction`, server), {
    headers: { authorization: `Bearer ${key}` },
  });
  const body: unknown = await answer.json();
  if (Value.Check(Reproduction, body)) return body;
  throw new ServerRefused(
    Value.Check(ErrorBody, body) ? `${body.code}: ${body.message}` : `HTTP ${answer.status}`,
  );
}

function show(found: Reproduction, write: (text: string) => void): number {
  const { identical, casesRead, eventsRead, differences, brokenLogs } = found;
  write(`${casesRead} 个案件，${eventsRead} 条日志 / ${casesRead} cases, ${eventsRead} events\n`);
  for (const { path, published, recomputed } of differences) {
    write(`${path}: ${JSON.stringify(published)} → ${JSON.stringify(recomputed)}\n`);
  }
  for (const caseId of brokenLogs) write(`${caseId}: 日志哈希链不成立 / the hash chain does not hold\n`);
  write(identical ? '一致 / identical\n' : `${differences.length} 处不同 / differences\n`);
  return identical && brokenLogs.length === 0 ? 0 : 1;
}
