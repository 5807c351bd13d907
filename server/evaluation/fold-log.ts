import type { Stage } from '#contract/cases';
import type { Kind } from '#contract/dictionary';
import type { Dispatch, DispatchCause } from '#clock/handling-start';
import { factsOf, rulingOf, type CountedClock } from '../cases/case-facts.ts';
import type { CaseEvent } from '../cases/case-log.ts';
import type { ClockMoves, LoggedClock } from '../cases/clock-moves.ts';
import type { CaseFacts } from './case-facts.ts';

export interface LoggedCase {
  caseId: string;
  number: string;
  /** From its first event, in order. */
  events: readonly Pick<CaseEvent, 'at' | 'actorId' | 'action' | 'fromStage' | 'toStage' | 'payload'>[];
}

/** What `file` says of a case. */
interface FiledPayload {
  class: string;
  kind: Kind;
  channel: string;
  urgent: boolean;
  special: boolean;
  cell: string;
  community: string;
  subdistrict: string;
  receivedAt: string;
  reporter?: string;
}

interface StepPayload {
  clocks?: ClockMoves;
  unit?: string;
  cause?: DispatchCause;
  kind?: string;
  approved?: boolean;
  seconds?: number;
}

/**
 * The facts of a case from its log alone, as it stood at the last of the events given: what the log says of its clocks,
 * its dispatches and its flags, and nothing from any other table. Null for a case that came from an earlier system, and
 * for one that was filed before the log carried its clocks.
 */
export function foldLog({ caseId, number, events }: LoggedCase): CaseFacts | null {
  const [filed] = events;
  const payload = filed?.payload as Partial<FiledPayload> | undefined;
  if (filed?.action !== 'file' || payload?.receivedAt === undefined) return null;
  const of = payload as FiledPayload;
  const clocks = new Map<string, CountedClock>();
  const dispatches: Dispatch[] = [];
  const flags = { postponedAt: null, extendedAt: null, returnedAt: null, repeatedAt: null } as Pick<
    CaseFacts,
    'postponedAt' | 'extendedAt' | 'returnedAt' | 'repeatedAt'
  >;
  let stage: Stage = filed.toStage;
  let endedAt: Date | null = null;
  let unitCode: string | null = null;
  let extensionSeconds = 0;
  let merged = false;
  let checkerId: string | null = null;

  for (const { at, actorId, action, fromStage, toStage, payload: said } of events) {
    const step = said as StepPayload;
    for (const clock of [
      ...(step.clocks?.stopped ?? []),
      ...(step.clocks?.changed ?? []),
      ...(step.clocks?.started ?? []),
    ])
      clocks.set(`${clock.stage} ${clock.round}`, toCounted(clock));
    if (step.unit !== undefined && step.cause !== undefined) {
      const { unit, cause } = step;
      if (cause === 'repeat' && dispatches.some((one) => one.unit === unit)) flags.repeatedAt ??= at;
      if (dispatches.at(-1)?.unit !== unit) extensionSeconds = 0;
      dispatches.push({ unit, at, cause });
      unitCode = unit;
    }
    if (toStage === 'dispatch') unitCode = null;
    if (fromStage === 'handling' && toStage === 'dispatch') flags.returnedAt ??= at;
    if (action === 'decide-request' && step.approved === true) {
      if (step.kind === 'postponement') flags.postponedAt ??= at;
      if (step.kind === 'extension') {
        flags.extendedAt ??= at;
        extensionSeconds += step.seconds ?? 0;
      }
    }
    if (action === 'check') checkerId = actorId;
    if (toStage !== stage) endedAt = toStage === 'closed' || toStage === 'void' ? at : null;
    if (toStage === 'void' && stage !== 'void') merged = action === 'merge';
    stage = toStage;
  }
  return factsOf({
    caseId,
    number,
    classId: of.class,
    kind: of.kind,
    channel: of.channel,
    urgent: of.urgent,
    special: of.special,
    subdistrictCode: of.subdistrict,
    communityCode: of.community,
    cellCode: of.cell,
    reporterId: of.reporter ?? null,
    receivedAt: new Date(of.receivedAt),
    filedAt: filed.at,
    ...flags,
    stage,
    endedAt,
    unitCode,
    extensionSeconds,
    merged,
    checkerId,
    ruling: rulingOf(events),
    clocks: [...clocks.values()],
    dispatches,
  });
}

function toCounted(clock: LoggedClock): CountedClock {
  return {
    stage: clock.stage,
    unit: clock.unit ?? null,
    startedAt: Date.parse(clock.startedAt),
    endedAt: clock.endedAt === undefined ? null : Date.parse(clock.endedAt),
    limitSeconds: clock.limitSeconds ?? null,
    usedSeconds: clock.usedSeconds ?? null,
    dueAt: clock.dueAt === undefined ? null : Date.parse(clock.dueAt),
  };
}
