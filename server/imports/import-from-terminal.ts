import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import pino from 'pino';
import { Value } from 'typebox/value';
import { ImportLayer, ImportOptions, type ImportResult, type RowError } from '#contract/imports';
import type { Job } from '#contract/jobs';
import { holdWorkAxis } from '../clock/service.ts';
import { systemClock } from '../clock/system-clock.ts';
import type { Config } from '../config.ts';
import type { Database } from '../db/database.ts';
import { AppError } from '../errors.ts';
import { eachRowError, runNow } from '../jobs/service.ts';
import { importOnServer } from './import-on-server.ts';
import { showProgress, showResult } from './show-import.ts';
import { importUpload, registerImports, tidyUploads } from './service.ts';

const USAGE = `用法 / usage: npm run gridwatch -- import <file> --layer <layer> [options]
  --layer divisions|cells|parts|buildings|roads|cameras|cases
  --datum wgs84|gcj02|bd09|EPSG:<n>     坐标系 / datum of the coordinates
  --mapping <file.json>                 字段映射 / our field → {"column": …} or {"constant": …}
  --profile <name>                      已保存的导入方案 / a mapping kept on the server
  --source-layer <name>                 文件中的图层 / the layer inside the file
  --dry-run                             只检查不写入 / check, write nothing
  --leave-out-rejected                  跳过错误行 / leave rejected rows out
  --accept-warnings                     忽略警告 / go on in spite of warnings
  --server <url> --key gw_…             交给运行中的服务器 / hand it to a running server
`;

export interface TerminalImport {
  path: string;
  layer: ImportLayer;
  options: ImportOptions;
  profile?: string;
}

type Write = (text: string) => void;

interface Terminal {
  config: Config;
  openDatabase: () => Promise<Database>;
  write: Write;
}

/** `gridwatch import`: on the database itself, or through a running server. Returns the exit code. */
export async function importFromTerminal(args: string[], terminal: Terminal): Promise<number> {
  const given = await readArguments(args);
  if (!given) {
    terminal.write(USAGE);
    return 64;
  }
  try {
    const { job, errors } = given.server
      ? await importOnServer(given.wanted, { ...given.server, onProgress: showProgress(terminal.write) })
      : await importHere(given.wanted, terminal);
    return await showResult(job as Job & { result?: ImportResult }, errors, terminal.write);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    terminal.write(`${error.code}: ${error.message}\n`);
    return 1;
  }
}

async function readArguments(
  args: string[],
): Promise<{ wanted: TerminalImport; server?: { url: string; key: string } } | undefined> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      layer: { type: 'string' },
      datum: { type: 'string' },
      mapping: { type: 'string' },
      profile: { type: 'string' },
      'source-layer': { type: 'string' },
      'dry-run': { type: 'boolean' },
      'leave-out-rejected': { type: 'boolean' },
      'accept-warnings': { type: 'boolean' },
      server: { type: 'string' },
      key: { type: 'string' },
    },
  });
  const [path] = positionals;
  const options: unknown = {
    ...(values.mapping ? { mapping: JSON.parse(await readFile(values.mapping, 'utf8')) as unknown } : {}),
    ...(values.datum ? { datum: values.datum } : {}),
    ...(values['source-layer'] ? { sourceLayer: values['source-layer'] } : {}),
    ...(values['dry-run'] ? { dryRun: true } : {}),
    ...(values['leave-out-rejected'] ? { rejected: 'leave-out' } : {}),
    ...(values['accept-warnings'] ? { acceptWarnings: true } : {}),
  };
  if (!path || !Value.Check(ImportLayer, values.layer) || !Value.Check(ImportOptions, options))
    return undefined;
  if (values.server !== undefined && values.key === undefined) return undefined;
  return {
    wanted: {
      path: resolve(path),
      layer: values.layer,
      options,
      ...(values.profile === undefined ? {} : { profile: values.profile }),
    },
    ...(values.server === undefined || values.key === undefined
      ? {}
      : { server: { url: values.server, key: values.key } }),
  };
}

/** The same upload, job and work as on a server, in this process. */
async function importHere(
  { path, layer, options, profile }: TerminalImport,
  { config, openDatabase, write }: Terminal,
): Promise<{ job: Job; errors: AsyncIterable<RowError> }> {
  const db = await openDatabase();
  const log = pino({ level: 'silent' });
  const context = {
    config,
    db,
    clock: systemClock,
    axis: await holdWorkAxis(db, config.timeZone),
    log,
    publish: () => undefined,
  };
  registerImports();
  const submitted = await importUpload(context, null, {
    stream: createReadStream(path),
    fileName: basename(path),
    layer,
    profile,
    options: () => options,
  });
  const job = await runNow(context, submitted.id, showProgress(write));
  await tidyUploads(context, [job.id]);
  return { job, errors: eachRowError(db, job.id) };
}
