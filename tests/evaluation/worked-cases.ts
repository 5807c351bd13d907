import type { EventRow } from './oracle.ts';

/**
 * Cases worked by hand from SPEC sections 3 to 5 and decision 8: the rule, its words, the rows of `case_events` that make it, and how
 * the case counts in both modes. Working time in October is 08:30–11:30 and 13:30–17:00; the limit is two hours unless
 * the case says otherwise, and instants are those of Asia/Shanghai. Clocks of the centre are left out where they decide
 * nothing.
 */
export interface WorkedCase {
  title: string;
  rule: string;
  quotation: string;
  log: readonly Row[];
  /** The month that is judged (default 2026-10), and the instant (default 2026-11-10 00:00). */
  period?: '2026-10' | '2026-11';
  asOf?: string;
  /** Other cases of the month, of the same unit: so many without any flag, closed on time, and these. */
  beside?: { plain: number; flagged?: readonly (readonly Row[])[] };
  unit: string | null;
  usedSeconds: number | null;
  strict: Counts;
  tolerant: Counts;
  /** A rule that the sentence about the case must rest on. */
  says?: string;
}

/** Nowhere: not of the period. Taken out: of the period, not due. The others are due, and late and in time are closed. */
export type Counts = 'nowhere' | 'taken out' | 'open' | 'late' | 'in time';

/** Instant, action, stages before and after, payload. */
export type Row = readonly [
  at: string,
  action: string,
  from: string | null,
  to: string,
  payload?: Record<string, unknown>,
];

const on = (text: string) => `2026-${text}+08:00`;
const minutes = (count: number) => count * 60;

const filed = (at: string, more: object = {}): Row => [
  at,
  'file',
  null,
  'dispatch',
  {
    class: 'E09001',
    kind: 'event',
    limit: { amount: 2, unit: 'hour' },
    channel: 'collector',
    urgent: false,
    special: false,
    cell: '620103005003001',
    community: '620103005003',
    subdistrict: '620103005',
    receivedAt: on(`${at.slice(5, 10)}T08:30:00`),
    ...more,
  },
];

interface Handling {
  round?: number;
  start: string;
  due: string;
  limit?: number;
  before?: number;
  unit?: string;
  axis?: 'working' | 'natural';
}

const clock = ({ round = 1, start, due, limit = 7200, before = 0, ...of }: Handling) => ({
  stage: 'handling',
  round,
  unit: of.unit ?? 'enforcement',
  axis: of.axis ?? 'working',
  startedAt: start,
  limitSeconds: limit,
  usedBeforeSeconds: before,
  dueAt: due,
});

const dispatched = (cause: 'new' | 'return' | 'repeat', handling: Handling, at = handling.start): Row => [
  at,
  'dispatch',
  cause === 'repeat' ? 'closing' : 'dispatch',
  'handling',
  { unit: handling.unit ?? 'enforcement', cause, clocks: { started: [clock(handling)] } },
];

const stopped = (handling: Handling, at: string, usedSeconds: number) => ({
  clocks: { stopped: [{ ...clock(handling), endedAt: at, usedSeconds }] },
});

const fedBack = (handling: Handling, at: string, used: number): Row => [
  at,
  'feedback',
  'handling',
  'send-for-check',
  stopped(handling, at, used),
];

const returned = (handling: Handling, at: string, used: number): Row => [
  at,
  'return',
  'handling',
  'dispatch',
  { reasonCode: 'not-our-duty', ...stopped(handling, at, used) },
];

const approved = (at: string, kind: 'postponement' | 'extension', payload: object = {}): Row => [
  at,
  'decide-request',
  'handling',
  'handling',
  { request: 'r', kind, approved: true, ...payload },
];

/** Sent, checked and closed, by the centre. */
const closed = (at: string): Row[] => [
  [at, 'send-for-check', 'send-for-check', 'check'],
  [at, 'check', 'check', 'closing', { passed: true }],
  [at, 'close', 'closing', 'closed'],
];

const checkClock = (round: number, start: string) => ({
  stage: 'check',
  round,
  axis: 'working',
  startedAt: start,
  limitSeconds: 3600,
  usedBeforeSeconds: 0,
});

// Monday 12 October 2026.
const monday = (time: string) => on(`10-12T${time}`);
const first: Handling = { start: monday('09:00:00'), due: monday('11:00:00') };
const opening: Row[] = [filed(monday('08:45:00')), dispatched('new', first)];

/** A case without any flag, handled in an hour. */
export const plain: readonly Row[] = [
  ...opening,
  fedBack(first, monday('10:00:00'), minutes(60)),
  ...closed(monday('14:00:00')),
];

const extended: Handling = { ...first, due: monday('13:30:00'), limit: 10_800 };
const extension = (at: string): Row =>
  approved(at, 'extension', { seconds: 3600, clocks: { changed: [clock(extended)] } });
const extendedAndUsed = (used: number, at: string, approvedAt = monday('10:30:00')): Row[] => [
  ...opening,
  extension(approvedAt),
  fedBack(extended, at, used),
  ...closed(monday('16:00:00')),
];

// Given a second time: one hour is used already.
const again: Handling = {
  round: 2,
  start: monday('10:30:00'),
  due: monday('11:30:00'),
  before: minutes(60),
};
const repeatedAndUsed = (used: number, at: string): Row[] => [
  ...opening,
  fedBack(first, monday('10:00:00'), minutes(60)),
  dispatched('repeat', again),
  fedBack(again, at, used),
  ...closed(monday('16:00:00')),
];

const police: Handling = {
  unit: 'police',
  round: 2,
  start: monday('10:30:00'),
  due: monday('14:00:00'),
};

const third: Handling = { round: 3, start: monday('13:40:00'), due: monday('11:00:00'), before: 9_600 };

const contest = (at: string, wants: string): Row => [
  at,
  'contest',
  'closed',
  'closed',
  { contest: 'c', wants, period: '2026-10' },
];
const ruling = (at: string, payload: object): Row => [
  at,
  'rule-on-contest',
  'closed',
  'closed',
  { contest: 'c', period: '2026-10', ...payload },
];
const anHourLate: Row[] = [
  ...opening,
  fedBack(first, monday('14:00:00'), minutes(180)),
  ...closed(monday('16:00:00')),
];

// Saturday works (R1), Sunday 1 November does not: half an hour is left for Monday.
const saturday: Handling = { start: on('10-31T14:30:00'), due: on('10-31T16:30:00') };
const toMonday: Handling = { ...saturday, due: on('11-02T09:00:00'), limit: 10_800 };
const intoNovember: Row[] = [
  filed(on('10-31T14:00:00')),
  dispatched('new', saturday),
  approved(on('10-31T16:00:00'), 'extension', { seconds: 3600, clocks: { changed: [clock(toMonday)] } }),
  fedBack(toMonday, on('10-31T16:45:00'), 8100),
  ...closed(on('11-02T10:00:00')),
];

// Floor(3 % of 34) = 1; floor(3 % of 33) = 0.
const withinQuota = { plain: 33 };
const overQuota = { plain: 32 };

const notFlagged = '及时解决：未出现缓办、延期、退回、重复派遣件';
const tolerantWords = 'R8 strict by default; a tolerant mode accepts within-quota repeats and extensions';
const quotaWords = '允许多次派遣次数设定为应解决数的3%';

export const workedCases: readonly WorkedCase[] = [
  {
    title: 'handled in an hour of two',
    rule: 'SPEC 5',
    quotation: notFlagged,
    log: plain,
    unit: 'enforcement',
    usedSeconds: 3600,
    strict: 'in time',
    tolerant: 'in time',
    says: 'SPEC 5',
  },
  {
    title: 'handled at the very second of its limit',
    rule: 'SPEC 3 处置',
    quotation: '在规定的办理时间内',
    log: [...opening, fedBack(first, monday('11:00:00'), 7200), ...closed(monday('14:00:00'))],
    unit: 'enforcement',
    usedSeconds: 7200,
    strict: 'in time',
    tolerant: 'in time',
  },
  {
    title: 'handled a second late',
    rule: 'SPEC 3 处置',
    quotation: '在规定的办理时间内',
    log: [...opening, fedBack(first, monday('11:00:01'), 7201), ...closed(monday('14:00:00'))],
    unit: 'enforcement',
    usedSeconds: 7201,
    strict: 'late',
    tolerant: 'late',
  },
  {
    title: 'handled over the noon rest, which does not count',
    rule: 'R3',
    quotation: '08:30–11:30 and 13:30–17:00; all clocks run in working time',
    log: [
      filed(monday('10:45:00')),
      dispatched('new', { start: monday('11:00:00'), due: monday('15:00:00') }),
      fedBack({ start: monday('11:00:00'), due: monday('15:00:00') }, monday('14:59:00'), 7140),
      ...closed(monday('16:00:00')),
    ],
    unit: 'enforcement',
    usedSeconds: 7140,
    strict: 'in time',
    tolerant: 'in time',
  },
  {
    title: 'an urgent case of a Saturday night: natural time',
    rule: 'R3 紧急',
    quotation: '紧急问题处置时间视情况而定; R3 except for urgent cases: natural time',
    log: [
      filed(on('10-17T21:50:00'), { urgent: true }),
      dispatched('new', { start: on('10-17T22:00:00'), due: on('10-18T00:00:00'), axis: 'natural' }),
      fedBack(
        { start: on('10-17T22:00:00'), due: on('10-18T00:00:00'), axis: 'natural' },
        on('10-17T23:59:59'),
        7199,
      ),
      ...closed(on('10-18T00:40:00')),
    ],
    unit: 'enforcement',
    usedSeconds: 7199,
    strict: 'in time',
    tolerant: 'in time',
  },
  {
    title: 'a command unit: half an hour of dispatch and two hours of handling are one limit',
    rule: 'SPEC 3 履行指挥职责的部门',
    quotation: 'Command units: dispatch and handling are timed as one',
    log: [
      filed(monday('09:00:00')),
      // Twenty minutes went by before the dispatch; they are the unit's.
      dispatched('new', {
        unit: 'command',
        start: monday('09:20:00'),
        due: monday('11:30:00'),
        limit: 9000,
        before: 1200,
      }),
      fedBack(
        {
          unit: 'command',
          start: monday('09:20:00'),
          due: monday('11:30:00'),
          limit: 9000,
          before: 1200,
        },
        monday('11:30:00'),
        9000,
      ),
      ...closed(monday('14:00:00')),
    ],
    unit: 'command',
    usedSeconds: 9000,
    strict: 'in time',
    tolerant: 'in time',
  },
  {
    title: 'postponed within quota: out of the cases due',
    rule: 'SPEC 4 缓办',
    quotation: '缓办件在应解决件中扣除',
    log: [
      ...opening,
      approved(monday('10:00:00'), 'postponement'),
      fedBack(first, on('10-19T09:00:00'), 120_600),
      ...closed(on('10-19T10:00:00')),
    ],
    beside: withinQuota,
    unit: 'enforcement',
    usedSeconds: 120_600,
    strict: 'taken out',
    tolerant: 'taken out',
    says: 'SPEC 4 缓办',
  },
  {
    title: 'postponed over quota: stays, and is never in time',
    rule: 'SPEC 4 缓办, R6',
    quotation: '缓办件不予扣减',
    log: [
      ...opening,
      approved(monday('09:30:00'), 'postponement'),
      fedBack(first, monday('10:00:00'), 3600),
      ...closed(monday('14:00:00')),
    ],
    beside: overQuota,
    unit: 'enforcement',
    usedSeconds: 3600,
    strict: 'late',
    tolerant: 'late',
    says: 'R6',
  },
  {
    title: 'extended within quota, and handled within the longer limit',
    rule: 'SPEC 4 延期, R8',
    quotation: `在原标准处置时间上累计; ${tolerantWords}`,
    log: extendedAndUsed(9000, monday('11:30:00')),
    beside: withinQuota,
    unit: 'enforcement',
    usedSeconds: 9000,
    strict: 'late',
    tolerant: 'in time',
    says: 'SPEC 4 延期',
  },
  {
    title: 'extended, with a quota of none',
    rule: 'SPEC 4 延期, R6',
    quotation: '延期时间不予确认',
    log: extendedAndUsed(9000, monday('11:30:00')),
    beside: overQuota,
    unit: 'enforcement',
    usedSeconds: 9000,
    strict: 'late',
    tolerant: 'late',
    says: 'R6',
  },
  {
    title: 'extended after another case used the quota up',
    rule: 'R6',
    quotation: 'consumed in order of approval; per unit and period',
    log: extendedAndUsed(9000, monday('11:30:00')),
    beside: { plain: 32, flagged: [extendedAndUsed(9000, monday('11:30:00'), monday('10:29:59'))] },
    unit: 'enforcement',
    usedSeconds: 9000,
    strict: 'late',
    tolerant: 'late',
    says: 'R6',
  },
  {
    title: 'extended within quota, and still a second late',
    rule: 'SPEC 4 延期',
    quotation: '在原标准处置时间上累计',
    log: extendedAndUsed(10_801, monday('14:00:01')),
    beside: withinQuota,
    unit: 'enforcement',
    usedSeconds: 10_801,
    strict: 'late',
    tolerant: 'late',
  },
  {
    title: 'returned, and handled by another, whose clock started anew',
    rule: 'SPEC 4 退回',
    quotation: '重新计时; 未出现缓办、延期、退回、重复派遣件',
    log: [
      ...opening,
      returned(first, monday('10:00:00'), 3600),
      dispatched('return', police),
      fedBack(police, monday('11:30:00'), 3600),
      ...closed(monday('16:00:00')),
    ],
    beside: withinQuota,
    unit: 'police',
    usedSeconds: 3600,
    strict: 'late',
    tolerant: 'late',
    says: 'SPEC 4 退回',
  },
  {
    title: 'returned away, and given to nobody yet',
    rule: 'R7',
    quotation: 'a unit that returned a case away is not charged with it',
    log: [...opening, returned(first, monday('10:00:00'), 3600)],
    unit: null,
    usedSeconds: 3600,
    strict: 'nowhere',
    tolerant: 'nowhere',
  },
  {
    title: 'returned, and given to the same unit again: its time accumulates',
    rule: 'SPEC 4 退回',
    quotation: '累计计时',
    log: [
      ...opening,
      returned(first, monday('10:00:00'), 3600),
      dispatched('return', again),
      fedBack(again, monday('11:00:00'), 5400),
      ...closed(monday('16:00:00')),
    ],
    beside: withinQuota,
    unit: 'enforcement',
    usedSeconds: 5400,
    strict: 'late',
    tolerant: 'late',
    says: 'SPEC 4 退回',
  },
  {
    title: 'a second dispatch within quota and, added up, within the limit',
    rule: 'R6, R8',
    quotation: `${quotaWords}; ${tolerantWords} if the accumulated time is inside the limit`,
    log: repeatedAndUsed(5400, monday('11:00:00')),
    beside: withinQuota,
    unit: 'enforcement',
    usedSeconds: 5400,
    strict: 'late',
    tolerant: 'in time',
    says: 'SPEC 4 重复派遣',
  },
  {
    title: 'a second dispatch over quota',
    rule: 'R6',
    quotation: quotaWords,
    log: repeatedAndUsed(5400, monday('11:00:00')),
    beside: overQuota,
    unit: 'enforcement',
    usedSeconds: 5400,
    strict: 'late',
    tolerant: 'late',
    says: 'R6',
  },
  {
    title: 'a second dispatch whose time adds up to more than the limit',
    rule: 'SPEC 4 重复派遣',
    quotation: '二次(含)仅累计问题处置责任单位处置时间',
    log: repeatedAndUsed(7201, monday('13:30:01')),
    beside: withinQuota,
    unit: 'enforcement',
    usedSeconds: 7201,
    strict: 'late',
    tolerant: 'late',
    says: 'SPEC 4 累计计时',
  },
  {
    title: 'a third dispatch counts all time since the first, and is red at once',
    rule: 'SPEC 4 重复派遣',
    quotation: '三次(含)以上全过程累计计时',
    log: [
      ...opening,
      fedBack(first, monday('09:10:00'), 600),
      dispatched('repeat', {
        round: 2,
        start: monday('10:30:00'),
        due: monday('13:50:00'),
        before: 600,
      }),
      fedBack(
        { round: 2, start: monday('10:30:00'), due: monday('13:50:00'), before: 600 },
        monday('10:40:00'),
        1200,
      ),
      // 09:00–11:30 and 13:30–13:40: 2 h 40 min, though the unit worked for twenty minutes.
      dispatched('repeat', third),
      fedBack(third, monday('13:50:00'), 10_200),
      ...closed(monday('16:00:00')),
    ],
    beside: withinQuota,
    unit: 'enforcement',
    usedSeconds: 10_200,
    strict: 'late',
    tolerant: 'late',
    says: 'SPEC 4 全过程累计计时',
  },
  {
    title: 'a failed check sends it back as second notice: a repeated dispatch of the same unit',
    rule: 'R5',
    quotation: '二次抄告; R5 that counts as a repeated dispatch of the same unit',
    log: [
      ...opening,
      fedBack(first, monday('10:00:00'), 3600),
      [
        monday('10:05:00'),
        'send-for-check',
        'send-for-check',
        'check',
        { clocks: { started: [checkClock(1, monday('10:05:00'))] } },
      ],
      [
        monday('10:30:00'),
        'check',
        'check',
        'handling',
        {
          passed: false,
          unit: 'enforcement',
          cause: 'repeat',
          clocks: {
            stopped: [
              {
                ...checkClock(1, monday('10:05:00')),
                endedAt: monday('10:30:00'),
                usedSeconds: 1500,
              },
            ],
            started: [clock(again)],
          },
        },
      ],
      fedBack(again, monday('11:00:00'), 5400),
      ...closed(monday('16:00:00')),
    ],
    beside: withinQuota,
    unit: 'enforcement',
    usedSeconds: 5400,
    strict: 'late',
    tolerant: 'in time',
    says: 'R5',
  },
  {
    title: 'handled in time, closed after the end of the month',
    rule: 'R7',
    quotation: 'cases whose last effective handling deadline falls in the period',
    log: [
      filed(on('10-30T14:00:00')),
      dispatched('new', { start: on('10-30T14:30:00'), due: on('10-30T16:30:00') }),
      fedBack({ start: on('10-30T14:30:00'), due: on('10-30T16:30:00') }, on('10-30T16:00:00'), 5400),
      ...closed(on('11-02T09:00:00')),
    ],
    unit: 'enforcement',
    usedSeconds: 5400,
    strict: 'in time',
    tolerant: 'in time',
  },
  {
    title: 'the same, judged before it was closed',
    rule: 'SPEC 5 解决数',
    quotation: 'solved 解决数: of those, closed',
    log: [
      filed(on('10-30T14:00:00')),
      dispatched('new', { start: on('10-30T14:30:00'), due: on('10-30T16:30:00') }),
      fedBack({ start: on('10-30T14:30:00'), due: on('10-30T16:30:00') }, on('10-30T16:00:00'), 5400),
      ...closed(on('11-02T09:00:00')),
    ],
    asOf: on('11-01T00:00:00'),
    unit: 'enforcement',
    usedSeconds: 5400,
    strict: 'open',
    tolerant: 'open',
  },
  {
    title: 'extended into November: no longer of October',
    rule: 'R7',
    quotation: 'last effective handling deadline',
    log: intoNovember,
    beside: withinQuota,
    unit: 'enforcement',
    usedSeconds: 8100,
    strict: 'nowhere',
    tolerant: 'nowhere',
  },
  {
    title: 'extended into November, where October has no quota to lend',
    rule: 'R7, R6',
    quotation: 'per unit and period',
    log: intoNovember,
    period: '2026-11',
    beside: withinQuota,
    unit: 'enforcement',
    usedSeconds: 8100,
    strict: 'late',
    tolerant: 'late',
    says: 'R6',
  },
  {
    title: 'never fed back, its limit over',
    rule: 'SPEC 5 应解决数',
    quotation: 'cases due 应解决数, for the lead unit that holds them then',
    log: opening,
    unit: 'enforcement',
    usedSeconds: null,
    strict: 'open',
    tolerant: 'open',
  },
  {
    title: 'void, with a reason',
    rule: 'decision 8',
    quotation: 'Void and merged cases never count',
    log: [
      ...opening,
      [monday('15:00:00'), 'void', 'handling', 'void', stopped(first, monday('15:00:00'), 14_400)],
    ],
    unit: 'enforcement',
    usedSeconds: 14_400,
    strict: 'nowhere',
    tolerant: 'nowhere',
  },
  {
    title: 'merged into another, which alone counts',
    rule: 'decision 8',
    quotation: 'Void and merged cases never count',
    log: [
      ...opening,
      [
        monday('09:30:00'),
        'merge',
        'handling',
        'void',
        { into: 'another', ...stopped(first, monday('09:30:00'), 1800) },
      ],
    ],
    unit: 'enforcement',
    usedSeconds: 1800,
    strict: 'nowhere',
    tolerant: 'nowhere',
  },
  {
    title: 'an hour late, and left out after a contest',
    rule: 'SPEC 5 申诉',
    quotation: 'units may contest single cases with evidence within a window',
    log: [
      ...anHourLate,
      contest(on('11-02T09:00:00'), 'left-out'),
      ruling(on('11-02T10:00:00'), { upheld: true, ruling: 'left-out' }),
    ],
    unit: 'enforcement',
    usedSeconds: 10_800,
    strict: 'nowhere',
    tolerant: 'nowhere',
  },
  {
    title: 'an hour late, and counted as in time after a contest',
    rule: 'SPEC 5 申诉',
    quotation: 'units may contest single cases with evidence within a window',
    log: [
      ...anHourLate,
      contest(on('11-02T09:00:00'), 'in-time'),
      ruling(on('11-02T10:00:00'), { upheld: true, ruling: 'in-time' }),
    ],
    unit: 'enforcement',
    usedSeconds: 10_800,
    strict: 'in time',
    tolerant: 'in time',
    says: 'SPEC 5 申诉',
  },
  {
    title: 'an hour late; a contest was refused',
    rule: 'SPEC 5 申诉',
    quotation: 'units may contest single cases with evidence within a window',
    log: [
      ...anHourLate,
      contest(on('11-02T09:00:00'), 'in-time'),
      ruling(on('11-02T10:00:00'), { upheld: false }),
    ],
    unit: 'enforcement',
    usedSeconds: 10_800,
    strict: 'late',
    tolerant: 'late',
  },
];

/** The rows of a log as `case_events` has them. */
export function toEvents(id: string, log: readonly Row[]): EventRow[] {
  return log.map(([at, action, from, to, payload = {}], index) => ({
    case_id: id,
    n: index + 1,
    at: new Date(at),
    action,
    from_stage: from,
    to_stage: to,
    payload,
  }));
}
