import type { CaseRequest, RequestKind, RequestState, ReturnReason } from '#contract/requests';
import type { Names } from '#contract/shared';

interface Person {
  id: string;
  name: string;
}

/** A row of `case_requests` with the names the wire carries. */
export interface RequestRecord {
  id: string;
  kind: RequestKind;
  state: RequestState;
  unit: { code: string; name: Names };
  /** The entry of the log by which it was asked. */
  n: number;
  reason: string;
  reasonCode: ReturnReason | null;
  /** extension: what is asked for, in the handling clock's own time. */
  seconds: number | null;
  requestedBy: Person;
  requestedAt: Date;
  arbiter: Arbiter | null;
  decidedBy: Person | null;
  decidedAt: Date | null;
  decisionNote: string | null;
  approvedSeconds: number | null;
  /** Ids of attachments. */
  photos: string[];
}

/** Who decides about a return; `gone`: the account is disabled or no supervisor's any more, so any supervisor may. */
export interface Arbiter {
  id: string;
  name: Names;
  gone: boolean;
}

export function toCaseRequest(
  request: RequestRecord,
  subject: Pick<CaseRequest, 'caseId' | 'caseNumber' | 'className'>,
): CaseRequest {
  const { arbiter, decidedBy, decidedAt, decisionNote, approvedSeconds, reasonCode, seconds } = request;
  return {
    id: request.id,
    kind: request.kind,
    state: request.state,
    ...subject,
    unit: request.unit,
    reason: request.reason,
    ...(reasonCode === null ? {} : { reasonCode }),
    ...(seconds === null ? {} : { seconds }),
    requestedBy: request.requestedBy.name,
    requestedAt: request.requestedAt.toISOString(),
    ...(arbiter === null ? {} : { arbiter: { id: arbiter.id, name: arbiter.name } }),
    photos: request.photos,
    ...(decidedBy === null ? {} : { decidedBy: decidedBy.name }),
    ...(decidedAt === null ? {} : { decidedAt: decidedAt.toISOString() }),
    ...(decisionNote === null ? {} : { decisionNote }),
    ...(approvedSeconds === null ? {} : { approvedSeconds }),
  };
}

/** The request that waits for a decision; a case has one at most. */
export function openRequestOf({
  requests,
}: {
  requests: readonly RequestRecord[];
}): RequestRecord | undefined {
  return requests.find(({ state }) => state === 'open');
}
