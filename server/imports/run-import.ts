import type { ImportLayer, ImportOptions, ImportResult, ImportWarning, RowError } from '#contract/imports';
import { dayOf } from '#clock/calendar-day';
import { appendAudit } from '../access/audit.ts';
import type { Queryable } from '../db/database.ts';
import { appError } from '../errors.ts';
import { JobRefused, keepRowErrors, type JobWork } from '../jobs/service.ts';
import { removeRows } from './check-rows.ts';
import { isFresh } from './fresh-parts.ts';
import { layerLoaders } from './layer-loaders.ts';
import { actorOfLoad, type ImportCounts, type Load } from './load.ts';
import { openLoadSession } from './load-session.ts';
import type { PackedCells } from './packed-cells.ts';
import { openPreparation } from './prepare/open-preparation.ts';
import type { Preparation } from './prepared-rows.ts';
import { keepPreview } from './preview.ts';
import { gatherFacts } from './gather-facts.ts';
import { countParts, listCellOutlines } from './repository.ts';
import { IN_CELLS, openStaging } from './stage-rows.ts';

/** What an import's job is submitted with. */
export interface ImportInput {
  uploadId: string;
  fileName: string;
  layer: ImportLayer;
  options: ImportOptions;
}

/** Row errors kept of one import; a file with more is wrong as a whole. */
const ERRORS_KEPT = 100_000;
const ERRORS_SHOWN = 100;
/** From here on the embedded database is the wrong one. */
const EMBEDDED_PARTS = 100_000;

/** Runs an import from the uploaded file to its last transaction, or to the answer what it would do. */
export function importWork(resolvePath: (input: ImportInput) => string): JobWork {
  return async (context, job, tools) => {
    const input = job.input as ImportInput;
    const { layer, options, fileName } = input;
    const at = context.clock.now();
    const today = dayOf(at.getTime(), context.config.timeZone);
    const warnings = new Map<ImportWarning['code'], ImportWarning>();
    const fresh = await isFresh(context.db, layer);
    const session = await openLoadSession(context.db);
    const load: Load = {
      session,
      context,
      job,
      tools,
      layer,
      fileName,
      at,
      today,
      fresh,
      warn: (warning) => warnings.set(warning.code, warning),
    };
    const begun = performance.now();
    let preparation: Preparation | undefined;
    try {
      const facts = await gatherFacts(session, today);
      const cells = IN_CELLS.includes(layer) ? listCellOutlines(session) : undefined;
      cells?.catch(() => undefined);
      preparation = await openPreparation({
        path: resolvePath(input),
        fileName,
        layer,
        options,
        facts,
        form: session.engine === 'postgresql' ? 'copy' : 'json',
        workFolder: tools.folder,
      });
      const { inspection } = preparation;
      for (const warning of inspection.warnings) load.warn(warning);
      const errors = createErrorList(context.db, job.id);
      const read = await stageFile(load, preparation, await cells, errors);

      tools.report({ stage: { zh: '检查', en: 'checking' }, done: 0, unit: 'rows' });
      const loader = layerLoaders[layer];
      const found = await loader.check(load);
      await errors.add(found);
      await keepPreview(load, found);
      await removeRows(load, [...new Set(found.map(({ line }) => line))]);
      tools.signal.throwIfAborted();
      tools.report({ stage: { zh: '比对', en: 'comparing' }, done: 0, unit: 'rows' });
      const plan = await loader.plan(load);
      await errors.add(plan.errors);
      await warnOfSize(load, plan.counts);
      await errors.flush();

      const result = (): ImportResult => ({
        layer,
        fileName,
        format: inspection.format,
        ...(inspection.encoding === undefined ? {} : { encoding: inspection.encoding }),
        sourceLayers: inspection.sourceLayers,
        ...(inspection.sourceLayer === undefined ? {} : { sourceLayer: inspection.sourceLayer }),
        columns: inspection.columns,
        fields: inspection.fields,
        mapping: inspection.mapping,
        datum: inspection.datum,
        dryRun: options.dryRun ?? false,
        written: false,
        counts: { read, ...plan.counts, rejected: errors.lines() },
        warnings: [...warnings.values()],
        errors: errors.first(),
        rowsPerSecond: Math.round(read / ((performance.now() - begun) / 1000)),
      });
      if (options.dryRun) return result();
      refuseDoubtful(result(), options, plan.errors.length);
      tools.signal.throwIfAborted();
      if (plan.counts.added + plan.counts.updated > 0) {
        tools.report({ stage: { zh: '写入', en: 'writing' }, done: 0, unit: 'rows' });
        await loader.write(load, plan.counts, (tx) => audit(tx, load, plan.counts));
        context.publish();
      }
      return { ...result(), written: true };
    } finally {
      await preparation?.stop();
      await session.close();
    }
  };
}

/**
 * Takes all rows of the file into the side table. Returns how many there were. A code that comes again later takes its
 * first row out too, which was good when it was read.
 */
async function stageFile(
  load: Load,
  preparation: Preparation,
  cells: PackedCells | undefined,
  errors: ErrorList,
): Promise<number> {
  const { tools } = load;
  const staging = await openStaging(load, preparation.inspection.mapping);
  const stop = () => void preparation.stop();
  tools.signal.addEventListener('abort', stop);
  let read = 0;
  const repeated = new Set<number>();
  try {
    for await (const batch of preparation.batches({
      columns: staging.columns,
      ...(cells ? { cells } : {}),
    })) {
      tools.signal.throwIfAborted();
      read = batch.rowsRead;
      if (batch.rows > 0) await staging.write(batch.data);
      await errors.add(batch.errors);
      for (const { reason, line } of batch.errors) if (reason === 'repeated-code') repeated.add(line);
      for (const warning of batch.warnings) load.warn(warning);
      const share = batch.bytesTotal > 0 ? batch.bytesRead / batch.bytesTotal : 0;
      tools.report({
        stage: { zh: '读取', en: 'reading' },
        done: read,
        ...(share > 0 ? { total: Math.max(read, Math.round(read / share)) } : {}),
        unit: 'rows',
      });
    }
    tools.signal.throwIfAborted();
    await staging.end();
    await removeRows(load, [...repeated]);
    return read;
  } catch (error) {
    await staging.abort();
    throw error;
  } finally {
    tools.signal.removeEventListener('abort', stop);
  }
}

/** @throws JobRefused with what was found, when rows were rejected or a warning blocks and nobody said to go on */
function refuseDoubtful(result: ImportResult, options: ImportOptions, unnumbered: number): void {
  const blocking = result.warnings.filter((warning) => warning.blocking);
  if (blocking.length > 0 && !options.acceptWarnings) {
    const codes = blocking.map(({ code }) => code);
    throw new JobRefused(appError('IMPORT_NOT_CONFIRMED', { warnings: codes }), result);
  }
  const { rejected } = result.counts;
  if (rejected > 0 && (options.rejected !== 'leave-out' || unnumbered > 0)) {
    throw new JobRefused(appError('IMPORT_ROWS_REJECTED', { rejected }), result);
  }
}

async function warnOfSize(load: Load, counts: ImportCounts): Promise<void> {
  if (load.session.engine !== 'embedded' || load.layer !== 'parts') return;
  const parts = (await countParts(load.session)) + counts.added;
  if (parts <= EMBEDDED_PARTS) return;
  load.warn({
    code: 'ENGINE_LIMIT',
    message: {
      zh: `内嵌数据库将有 ${parts} 个部件，超过 ${EMBEDDED_PARTS}：请改用 PostgreSQL（设置 DATABASE_URL）`,
      en: `the embedded database would hold ${parts} parts, more than ${EMBEDDED_PARTS}: move to PostgreSQL (set DATABASE_URL)`,
    },
    blocking: false,
    details: { parts, limit: EMBEDDED_PARTS },
  });
}

async function audit(tx: Queryable, load: Load, counts: ImportCounts): Promise<void> {
  const { job, at, layer, fileName } = load;
  const { id, name } = actorOfLoad(load);
  await appendAudit(tx, {
    at,
    ...(id === null ? {} : { userId: id }),
    username: name,
    action: `import-${layer}`,
    subject: job.id,
    details: { fileName, ...counts },
  });
}

interface ErrorList {
  add(errors: readonly RowError[]): Promise<void>;
  flush(): Promise<void>;
  /** How many rows are rejected. */
  lines(): number;
  first(): RowError[];
}

const FLUSH_AT = 2_000;

/** Row errors on their way into the database: the first are remembered, the rest only counted. */
function createErrorList(db: Parameters<typeof keepRowErrors>[0], jobId: string): ErrorList {
  const shown: RowError[] = [];
  const lines = new Set<number>();
  let waiting: RowError[] = [];
  let kept = 0;
  const flush = async () => {
    const batch = waiting;
    waiting = [];
    await keepRowErrors(db, jobId, batch, kept - batch.length + 1);
  };
  return {
    async add(errors) {
      for (const error of errors) {
        lines.add(error.line);
        if (shown.length < ERRORS_SHOWN) shown.push(error);
        if (kept < ERRORS_KEPT) {
          waiting.push(error);
          kept++;
        }
      }
      if (waiting.length >= FLUSH_AT) await flush();
    },
    flush,
    lines: () => lines.size,
    first: () => shown,
  };
}
