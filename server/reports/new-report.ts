import { v7 as uuid } from 'uuid';
import type { Channel } from '#contract/reports';
import { startClock } from '#clock/stage-clock';
import { stageLimits } from '#clock/stages';
import type { SessionUser } from '../access/session-user.ts';
import { keepingClock } from '../cases/service.ts';
import type { Context } from '../context.ts';
import type { ReportRecord } from './report-record.ts';

/**
 * A report just received, saying nothing yet. Its filing clock runs from now, verification included (SPEC section 3):
 * in natural time when its condition is an urgent one.
 */
export function newReport(
  { axis }: Pick<Context, 'axis'>,
  user: SessionUser,
  { channel, text, now, urgent }: { channel: Channel; text: string; now: Date; urgent: boolean },
): ReportRecord {
  const filing = keepingClock(() =>
    startClock(
      {
        stage: 'filing',
        axis: urgent ? 'natural' : 'working',
        startedAt: now,
        limitSeconds: stageLimits.filing,
      },
      axis.current(),
    ),
  );
  return {
    id: uuid(),
    channel,
    sourceKey: null,
    classId: null,
    className: null,
    limitId: null,
    text,
    reporter: {},
    raw: null,
    state: 'received',
    stateReason: null,
    caseId: null,
    accuracyMetres: null,
    place: null,
    partCode: null,
    cameraId: null,
    stillId: null,
    createdBy: user.id,
    version: 1,
    receivedAt: now,
    axis: filing.axis,
    dueAt: new Date(filing.dueAt ?? now),
    warnAt: new Date(filing.warnAt ?? now),
    decidedAt: null,
  };
}
