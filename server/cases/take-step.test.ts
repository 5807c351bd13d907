import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Role } from '#contract/access';
import type { CaseAction } from '#contract/cases';
import type { LimitUnit } from '#clock/limits';
import { buildWorkAxis } from '#clock/work-axis';
import { defaultCalendar } from '#clock/working-calendar';
import { chainEvents, hashEvent } from './case-log.ts';
import { clockStageOf, timingOfCase, workflowCaseOf, type FullCase } from './case-record.ts';
import { openRequestOf } from './case-request.ts';
import type { LoggedClock } from './clock-moves.ts';
import { takeStep, type CaseFile, type Step, type TargetUnit } from './take-step.ts';
import { caseActions, findTransition, transitions, type Actor, type LogAction } from './workflow.ts';

const years = Array.from({ length: 40 }, (_, n) => 2020 + n);
const axis = buildWorkAxis(
  defaultCalendar(years.map((year) => [`${year}-01-01`, false] as const)),
  '2026-01-01',
  '2059-12-31',
);
const START = Date.parse('2026-10-16T02:00:00.000Z');

const name = (text: string) => ({ zh: text, en: text });
const units: TargetUnit[] = ['U01', 'U02', 'U03'].map((code) => ({
  code,
  name: name(code),
  phone: '',
  isCommand: code === 'U03',
}));

const district: Actor['scope'] = { kind: 'district', code: '620103' };
const people: Actor[] = [
  { id: 'clerk', role: 'intake-clerk', scope: district },
  { id: 'dispatcher', role: 'dispatcher', scope: district },
  { id: 'operator', role: 'operator', scope: district },
  { id: 'supervisor', role: 'supervisor', scope: district },
  { id: 'arbiter', role: 'supervisor', scope: district },
  { id: 'admin', role: 'administrator', scope: district },
  { id: 'collector', role: 'collector', scope: district },
  { id: 'other', role: 'collector', scope: district },
  { id: 'chief', role: 'area-head', scope: district },
  { id: 'hotline', role: 'hotline', scope: district },
  { id: 'evaluator', role: 'evaluator', scope: district },
  { id: 'wall', role: 'wall', scope: district },
  ...units.map(({ code }) => ({
    id: `of-${code}`,
    role: 'unit-clerk' as const,
    scope: { kind: 'unit' as const, code },
  })),
];

/** Written by hand beside the declaration: who may do what (SPEC sections 2 to 4). */
const mayAct: Record<CaseAction, Role[]> = {
  dispatch: ['dispatcher', 'supervisor'],
  return: ['unit-clerk'],
  'request-postponement': ['unit-clerk'],
  'request-extension': ['unit-clerk'],
  'decide-request': ['supervisor'],
  feedback: ['unit-clerk'],
  'send-for-check': ['intake-clerk', 'dispatcher', 'supervisor'],
  check: ['collector', 'operator', 'supervisor'],
  close: ['intake-clerk', 'dispatcher', 'supervisor'],
  supervise: ['area-head', 'supervisor'],
  'change-limit': ['dispatcher', 'supervisor'],
  merge: ['intake-clerk', 'dispatcher', 'supervisor'],
  unmerge: ['intake-clerk', 'dispatcher', 'supervisor'],
  note: [
    'intake-clerk',
    'dispatcher',
    'supervisor',
    'operator',
    'hotline',
    'unit-clerk',
    'collector',
    'area-head',
  ],
  void: ['supervisor'],
};

interface Kind {
  urgent: boolean;
  special: boolean;
  amount: number;
  unit: LimitUnit;
  resolved: boolean;
  onCamera: boolean;
}

function newFile({ urgent, special, amount, unit, resolved, onCamera }: Kind): CaseFile {
  const at = new Date(START);
  const limit = { amount, unit };
  const record = {
    id: '018f0000-0000-7000-8000-000000000001',
    number: '620103-20261016-00001',
    stage: 'dispatch',
    version: 1,
    urgent,
    special,
    limit,
    unit: null,
    assistants: [],
    assistantCodes: [],
    cameraId: onCamera ? 'camera-1' : null,
    dispatchCount: 0,
    secondNotices: 0,
    reportCount: 1,
    receivedAt: at,
    filedAt: at,
    stageSince: at,
    updatedAt: at,
    closedAt: null,
    supervisionDueAt: null,
    noSubject: !resolved,
    postponedAt: null,
    extendedAt: null,
    returnedAt: null,
    repeatedAt: null,
    extensionSeconds: 0,
    ownLimitSeconds: null,
    request: null,
    checker: null,
    mergedInto: null,
    resolution: {
      ...(resolved ? { unit: { code: 'U01', name: name('U01'), phone: '' } } : {}),
      assistants: [],
    },
    photos: [],
    requests: [],
    mergedFrom: [],
    arbitrated: false,
    fedBackBy: null,
    eventCount: 0,
    headHash: '',
  } as unknown as FullCase;
  const filing = transitions.find(({ action }) => action === 'file');
  if (!filing) throw new Error('the workflow declares no filing');
  return takeStep(
    { record, clocks: [], dispatches: [], events: [] },
    { transition: filing, now: at, axis, actor: { id: 'clerk', name: 'clerk' } },
  );
}

const kinds = fc.record<Kind>({
  urgent: fc.boolean(),
  special: fc.boolean(),
  amount: fc.integer({ min: 1, max: 12 }),
  unit: fc.constantFrom('minute', 'urgent_hour', 'hour', 'day', 'work_day'),
  resolved: fc.boolean(),
  onCamera: fc.boolean(),
});

const tries = fc.record({
  who: fc.constantFrom(...people),
  /** Mostly somebody whose work it is, so that walks get far. */
  apt: fc.integer({ min: 0, max: 2 }),
  action: fc.oneof(
    {
      weight: 8,
      arbitrary: fc.constantFrom<LogAction>(
        'dispatch',
        'feedback',
        'send-for-check',
        'check',
        'return',
        'request-extension',
        'request-postponement',
        'decide-request',
        'supervise',
        'close',
        'unmerge',
      ),
    },
    {
      weight: 3,
      arbitrary: fc.constantFrom<LogAction>(...caseActions, 'attach', 'recalculate', 'contest'),
    },
  ),
  outcome: fc.boolean(),
  unit: fc.constantFrom(...units),
  seconds: fc.integer({ min: 60, max: 200_000 }),
  /** Two servers' clocks differ: an instant before the last one too. */
  minutes: fc.oneof(fc.integer({ min: -10, max: 90 }), fc.integer({ min: 0, max: 5_000 })),
  checker: fc.constantFrom(null, 'collector', 'other'),
  arbiter: fc.constantFrom(undefined, 'supervisor', 'arbiter'),
});
type Try = typeof tries extends fc.Arbitrary<infer T> ? T : never;

/** The step of somebody who gives everything that the action must carry; undefined when it is not allowed. */
function stepOf(file: CaseFile, tried: Try, now: Date, n: number): Step | undefined {
  const { who, action, outcome, unit, seconds, checker, arbiter } = tried;
  // Nobody does these: the machine itself does.
  const transition =
    action === 'recalculate'
      ? transitions.find((one) => one.action === action && one.from.includes(file.record.stage))
      : findTransition(workflowCaseOf(file.record, now), who, action, outcome);
  if (!transition || 'refused' in transition) return undefined;
  const given = action === 'check' ? units.find(({ code }) => code === file.record.unit?.code) : unit;
  if (transition.inputs.includes('another-unit') && given?.code === file.record.unit?.code) return undefined;
  return {
    transition,
    now,
    axis,
    actor: { id: who.id, name: who.id, ...(who.scope.kind === 'unit' ? { unit: who.scope.code } : {}) },
    ...(transition.effects.includes('give-to-unit') && given ? { unit: given, assistants: [] } : {}),
    ...(transition.asks
      ? {
          ask: {
            id: `request-${n}`,
            reason: 'x',
            seconds,
            ...(arbiter ? { arbiter: { id: arbiter, name: name(arbiter), gone: false } } : {}),
          },
        }
      : {}),
    decision: {},
    ...(action === 'change-limit' ? { limitSeconds: seconds } : {}),
    checker: checker === null ? null : { id: checker, name: name(checker) },
    ...(action === 'merge' ? { into: { id: 'other-case', number: '2' } } : {}),
    ...(action === 'unmerge' ? { reports: 1 } : {}),
  };
}

/** Somebody whose work it is, of the unit that has the case where it is a unit's. */
function aptFor({ action, who }: Try, { record }: CaseFile): Actor {
  const roles = mayAct[action as CaseAction] as Role[] | undefined;
  const able = people.filter(({ role }) => roles?.includes(role));
  return able.find(({ scope }) => scope.code === record.unit?.code) ?? able[0] ?? who;
}

function expectWhole(file: CaseFile, who: string): void {
  const { record, clocks } = file;
  const running = clocks.filter(({ endedAt, stage }) => endedAt === null && stage !== 'supervision');
  const stage = clockStageOf(record.stage);
  expect(
    running.map((clock) => clock.stage),
    who,
  ).toEqual(stage === null ? [] : [stage]);
  expect(record.closedAt !== null, who).toBe(stage === null);
  expect(record.dueAt?.getTime() ?? null, who).toBe(running[0]?.dueAt ?? null);
  if (running[0]?.dueAt === null) expect(record.special && stage === 'send-for-check', who).toBe(true);
  const urging = clocks.filter((clock) => clock.stage === 'supervision' && clock.endedAt === null);
  expect(urging.length, who).toBeLessThanOrEqual(record.stage === 'handling' ? 1 : 0);
  if (record.stage === 'handling') {
    const { handling } = timingOfCase(record);
    const command = units.find(({ code }) => code === record.unit?.code)?.isCommand ? 1_800 : 0;
    expect(running[0], who).toMatchObject({
      unit: record.unit?.code,
      limitSeconds: (handling?.seconds ?? 0) + command,
    });
  }
  if (record.stage === 'dispatch') expect(record.unit, who).toBeNull();
  const open = record.requests.filter(({ state }) => state === 'open');
  expect(open.length, who).toBeLessThanOrEqual(record.stage === 'handling' ? 1 : 0);
  expect(record.request?.id, who).toBe(open[0]?.id);
  if (open[0]) expect(open[0].unit.code, who).toBe(record.unit?.code);
  for (const { startedAt, endedAt, usedSeconds, usedBeforeSeconds } of clocks) {
    if (endedAt === null) continue;
    expect(endedAt).toBeGreaterThanOrEqual(startedAt);
    expect(usedSeconds).toBeGreaterThanOrEqual(usedBeforeSeconds);
  }
}

/** The log alone gives the clocks back. */
function clocksOfLog(file: CaseFile): Map<string, LoggedClock> {
  const found = new Map<string, LoggedClock>();
  for (const { payload } of file.events) {
    const moves = payload.clocks as Record<string, LoggedClock[]> | undefined;
    for (const clock of Object.values(moves ?? {}).flat()) found.set(`${clock.stage} ${clock.round}`, clock);
  }
  return found;
}

it('never leads a case where nothing is declared, whoever tries what, in any order', () => {
  const taken = new Map<string, number>();
  fc.assert(
    fc.property(kinds, fc.array(tries, { minLength: 30, maxLength: 90 }), (kind, walk) => {
      let file = newFile(kind);
      let now = START;
      for (const [n, given] of walk.entries()) {
        const tried = given.apt === 0 ? given : { ...given, who: aptFor(given, file) };
        now = Math.max(START, now + tried.minutes * 60_000);
        const step = stepOf(file, tried, new Date(now), n);
        if (!step) continue;
        const before = file;
        file = takeStep(file, step);
        const { transition } = step;
        const said = `${tried.action} by ${tried.who.role}`;
        taken.set(said, (taken.get(said) ?? 0) + 1);
        expect(transition.from, said).toContain(before.record.stage);
        expect(file.record.stage, said).toBe(transition.to === 'same' ? before.record.stage : transition.to);
        const roles = mayAct[tried.action as CaseAction] as Role[] | undefined;
        if (roles && tried.who.role !== 'administrator') expect(roles, said).toContain(tried.who.role);
        if (tried.who.scope.kind === 'unit' && roles?.length === 1) {
          expect(before.record.unit?.code, said).toBe(tried.who.scope.code);
        }
        if (tried.action === 'check') expect(before.record.fedBackBy, said).not.toBe(tried.who.id);
        if (tried.action === 'decide-request') {
          const request = openRequestOf(before.record);
          expect(request?.requestedBy.id).not.toBe(tried.who.id);
          const arbiter = request?.kind === 'return' ? request.arbiter : null;
          if (arbiter) expect(tried.who.id, said).toBe(arbiter.id);
        }
        for (const flag of ['postponedAt', 'extendedAt', 'returnedAt', 'repeatedAt'] as const) {
          if (before.record[flag] !== null) expect(file.record[flag], said).toEqual(before.record[flag]);
        }
        expectWhole(file, said);
      }
      const at = file.events.map((event) => event.at.getTime());
      expect(at).toEqual([...at].sort((a, b) => a - b));
      const logged = clocksOfLog(file);
      for (const clock of file.clocks) {
        const same = logged.get(`${clock.stage} ${clock.round}`);
        expect(same?.usedSeconds ?? null).toBe(clock.usedSeconds);
        expect(same?.dueAt === undefined ? null : Date.parse(same.dueAt)).toBe(clock.dueAt);
      }
      const chained = chainEvents(file.record, file.events);
      for (const { hash, ...content } of chained) expect(hashEvent(content)).toBe(hash);
    }),
    { numRuns: 2_000 },
  );
  // The walks get everywhere: every action was taken by somebody.
  const actions = new Set([...taken.keys()].map((said) => said.split(' by ')[0]));
  expect([...caseActions].filter((action) => !actions.has(action))).toEqual([]);
});
