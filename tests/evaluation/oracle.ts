/**
 * The evaluation of SPEC sections 4 and 5, case by case and in the plainest code there is. It reads nothing but rows of
 * `case_events`, imports nothing of the product, and does not care how long it takes.
 */
export interface EventRow {
  case_id: string;
  n: number;
  at: Date;
  action: string;
  from_stage: string | null;
  to_stage: string;
  payload: Record<string, unknown>;
}

export interface OracleCase {
  id: string;
  unit: string | null;
  class: string;
  subdistrict: string;
  community: string;
  channel: string;
  due: number | null;
  limit: number;
  extension: number;
  used: number | null;
  closed: number | null;
  gone: boolean;
  postponed: number | null;
  extended: number | null;
  returned: number | null;
  repeated: number | null;
  ruling: string | null;
}

interface Clock {
  stage: string;
  limitSeconds?: number;
  usedSeconds?: number;
  dueAt?: string;
}

/** Walks the log of one case. */
export function readCase(events: readonly EventRow[]): OracleCase | null {
  const filed = events[0];
  if (!filed || filed.action !== 'file') return null;
  const told = filed.payload as Record<string, string>;
  const one: OracleCase = {
    id: filed.case_id,
    unit: null,
    class: told.class ?? '',
    subdistrict: told.subdistrict ?? '',
    community: told.community ?? '',
    channel: told.channel ?? '',
    due: null,
    limit: 0,
    extension: 0,
    used: null,
    closed: null,
    gone: false,
    postponed: null,
    extended: null,
    returned: null,
    repeated: null,
    ruling: null,
  };
  const had: string[] = [];
  for (const event of events) {
    const at = event.at.getTime();
    const payload = event.payload as {
      unit?: string;
      cause?: string;
      kind?: string;
      approved?: boolean;
      seconds?: number;
      upheld?: boolean;
      ruling?: string;
      clocks?: { stopped?: Clock[]; changed?: Clock[]; started?: Clock[] };
    };
    // Whoever is given the case is charged with it; who returns it is charged no more.
    if (payload.cause !== undefined && payload.unit !== undefined) {
      if (payload.cause === 'repeat' && had.includes(payload.unit) && one.repeated === null)
        one.repeated = at;
      if (had[had.length - 1] !== payload.unit) one.extension = 0;
      had.push(payload.unit);
      one.unit = payload.unit;
    } else if (event.to_stage === 'dispatch') {
      one.unit = null;
    }
    if (event.action === 'return' && event.to_stage === 'dispatch' && one.returned === null)
      one.returned = at;
    if (event.action === 'decide-request' && payload.approved === true) {
      if (payload.kind === 'return' && one.returned === null) one.returned = at;
      if (payload.kind === 'postponement' && one.postponed === null) one.postponed = at;
      if (payload.kind === 'extension') {
        if (one.extended === null) one.extended = at;
        one.extension += payload.seconds ?? 0;
      }
    }
    if (event.action === 'rule-on-contest' && payload.upheld === true) one.ruling = payload.ruling ?? null;
    const moves = payload.clocks ?? {};
    for (const clock of [...(moves.stopped ?? []), ...(moves.changed ?? []), ...(moves.started ?? [])]) {
      if (clock.stage !== 'handling') continue;
      one.due = clock.dueAt === undefined ? null : Date.parse(clock.dueAt);
      one.limit = clock.limitSeconds ?? 0;
      one.used = clock.usedSeconds ?? null;
    }
    one.closed = event.to_stage === 'closed' ? (one.closed ?? at) : null;
    one.gone = event.to_stage === 'void';
  }
  return one;
}

export interface OracleFigures {
  gross: number;
  due: number;
  solved: number;
  strict: number;
  tolerant: number;
}

/** Figures by whatever `by` says; quotas are `percent` of a unit's gross cases due, for each of the three flags. */
export function judge(
  cases: readonly OracleCase[],
  given: { from: number; to: number; asOf: number; percent: number; by: (one: OracleCase) => string },
): Map<string, OracleFigures> {
  const counted = cases.filter(
    (one) =>
      one.due !== null &&
      one.due >= given.from &&
      one.due < given.to &&
      one.due < given.asOf &&
      one.unit !== null &&
      !one.gone &&
      one.ruling !== 'left-out',
  );
  const quotaOf = (unit: string | null) =>
    Math.floor((counted.filter((one) => one.unit === unit).length * given.percent) / 100);
  const quotas = new Map([...new Set(counted.map((one) => one.unit))].map((unit) => [unit, quotaOf(unit)]));
  const within = (one: OracleCase, flag: 'postponed' | 'extended' | 'repeated') => {
    const mine = one[flag];
    if (mine === null || one.ruling !== null) return false;
    let before = 0;
    for (const other of counted) {
      const theirs = other[flag];
      if (other.unit !== one.unit || theirs === null || other.ruling !== null) continue;
      if (theirs < mine || (theirs === mine && other.id < one.id)) before += 1;
    }
    return before < (quotas.get(one.unit) ?? 0);
  };
  const result = new Map<string, OracleFigures>();
  for (const one of counted) {
    const subject = given.by(one);
    const sums = result.get(subject) ?? { gross: 0, due: 0, solved: 0, strict: 0, tolerant: 0 };
    result.set(subject, sums);
    sums.gross += 1;
    // 缓办件在应解决件中扣除
    if (within(one, 'postponed')) continue;
    sums.due += 1;
    if (one.closed === null || one.closed > given.asOf) continue;
    sums.solved += 1;
    const used = one.used ?? Infinity;
    const flagged =
      one.postponed !== null || one.extended !== null || one.returned !== null || one.repeated !== null;
    if (one.ruling === 'in-time') {
      sums.strict += 1;
      sums.tolerant += 1;
      continue;
    }
    // 未出现缓办、延期、退回、重复派遣件
    if (!flagged && used <= one.limit - one.extension) sums.strict += 1;
    if (one.postponed !== null || one.returned !== null) continue;
    if (one.repeated !== null && !within(one, 'repeated')) continue;
    if (one.extended !== null && !within(one, 'extended')) continue;
    const limit = one.extended !== null ? one.limit : one.limit - one.extension;
    if (used <= limit) sums.tolerant += 1;
  }
  return result;
}
