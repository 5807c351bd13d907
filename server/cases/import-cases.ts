import { v7 as uuid } from 'uuid';
import type { Resolution } from '#contract/units';
import { ClockError } from '#clock/clock-error';
import { limitSeconds } from '#clock/limits';
import { startClock, stopClock } from '#clock/stage-clock';
import { stageAxis } from '#clock/stages';
import type { WorkAxis } from '#clock/work-axis';
import type { Queryable } from '../db/database.ts';
import { appError } from '../errors.ts';
import type { CaseClock } from './case-clocks.ts';
import { chainEvents } from './case-log.ts';
import * as repository from './import-repository.ts';
import { insertEvents } from './log-repository.ts';

/** A closed case of an earlier system. */
export interface PastCase {
  /** The earlier system's, by which a second import knows it again. */
  number: string;
  classId: string;
  channel: string | null;
  note: string | null;
  unit: { code: string; name: { zh: string; en: string }; phone: string } | null;
  cellCode: string;
  lon: number;
  lat: number;
  receivedAt: Date;
  filedAt: Date | null;
  dispatchedAt: Date | null;
  feedbackAt: Date | null;
  closedAt: Date;
}

export interface ImportingCases {
  at: Date;
  actor: { id: string | null; name: string };
  fileName: string;
  /** The import's job. */
  batch: string;
  axis: WorkAxis;
}

/**
 * Writes closed cases of an earlier system. Their log begins and ends with one event, `import`, that holds what the
 * file said and who brought it in: what happened before is that system's word, not ours, and the chain says so.
 */
export async function importPastCases(
  tx: Queryable,
  cases: readonly PastCase[],
  how: ImportingCases,
): Promise<void> {
  const limits = new Map(
    (await repository.listDefaultLimits(tx, [...new Set(cases.map(({ classId }) => classId))])).map(
      (limit) => [limit.classId, limit],
    ),
  );
  const events = [];
  const rows: repository.PastCaseRow[] = [];
  for (const one of cases) {
    const limit = limits.get(one.classId);
    if (!limit) throw appError('CLASS_WITHOUT_LIMIT', { class: one.classId });
    const id = uuid();
    const { number } = one;
    const [event] = chainEvents({ id, eventCount: 0, headHash: '' }, [
      {
        at: how.at,
        actorId: how.actor.id,
        actorName: how.actor.name,
        action: 'import',
        fromStage: null,
        toStage: 'closed',
        payload: { file: how.fileName, job: how.batch, number, ...said(one) },
      },
    ]);
    if (!event) continue;
    events.push(event);
    rows.push({
      id,
      number,
      limit,
      channel: one.channel ?? 'api',
      note: one.note ?? '',
      cellCode: one.cellCode,
      unit: one.unit?.code ?? null,
      resolution: resolutionOf(one, limit),
      receivedAt: one.receivedAt,
      filedAt: one.filedAt ?? one.receivedAt,
      closedAt: one.closedAt,
      importedAt: how.at,
      headHash: event.hash,
      lon: one.lon,
      lat: one.lat,
      clocks: handlingClock(one, limit, how.axis),
    });
  }
  await repository.insertPastCases(tx, rows);
  await insertEvents(tx, events);
  await repository.reserveNumbers(
    tx,
    rows.map(({ number }) => number),
  );
}

function said({ number: _, cellCode: _cell, unit, ...content }: PastCase): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries({ ...content, unit: unit?.code ?? null }).filter(([, value]) => value !== null),
  );
}

function resolutionOf({ unit }: PastCase, limit: repository.DefaultLimit): Resolution {
  const { id, condition, closingCondition, amount, urgent, special } = limit;
  return {
    class: limit.classId,
    className: limit.className,
    ...(unit ? { unit } : {}),
    assistants: [],
    limit: {
      id,
      condition,
      closingCondition,
      amount,
      unit: limit.unit,
      limitSeconds: limitSeconds(amount, limit.unit).seconds,
      urgent,
      special,
      isDefault: true,
    },
    candidates: [],
    why: { zh: '历史案件导入', en: 'imported from an earlier system' },
  };
}

/** The unit's time from dispatch to feedback; none where the file does not say when, or no calendar covers it. */
function handlingClock(one: PastCase, limit: repository.DefaultLimit, axis: WorkAxis): CaseClock[] {
  if (!one.unit || !one.dispatchedAt) return [];
  const handling = limitSeconds(limit.amount, limit.unit);
  const timing = { urgent: limit.urgent, special: limit.special, handling };
  try {
    const started = startClock(
      {
        stage: 'handling',
        axis: stageAxis('handling', timing),
        startedAt: one.dispatchedAt,
        limitSeconds: handling.seconds,
        unit: one.unit.code,
      },
      axis,
    );
    return [{ id: uuid(), ...stopClock(started, one.feedbackAt ?? one.closedAt, axis) }];
  } catch (error) {
    if (error instanceof ClockError) return [];
    throw error;
  }
}
