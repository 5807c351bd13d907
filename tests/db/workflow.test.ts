import fc from 'fast-check';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseDetail, Timeline } from '#contract/cases';
import type { ErrorBody } from '#contract/shared';
import { verifyCaseLog } from '../../server/cases/case-log.ts';
import { listBrokenLogs } from '../../server/cases/verify-logs.ts';
import { caseActions, transitions } from '../../server/cases/workflow.ts';
import { act, expectStatus, fileVendor, uploadPhoto } from '../support/case-story.ts';
import { engines } from '../support/test-database.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import type { TestClient } from '../support/test-client.ts';

const people = [
  'operator',
  'clerk',
  'dispatcher',
  'supervisor',
  'collector',
  'chief',
  'wall',
  'admin',
  'hotline',
  'evaluator',
  'unit-enforcement',
  'unit-police',
  'collector-620103001',
] as const;

/** Somebody tries something, with or without what it needs, after some time. */
const moves = fc.array(
  fc.record({
    who: fc.constantFrom(...people),
    // What leads on is tried more often than what ends the case, so that walks get far.
    action: fc.oneof(
      {
        weight: 6,
        arbitrary: fc.constantFrom(
          'dispatch',
          'feedback',
          'send-for-check',
          'check',
          'close',
          'return',
          'supervise',
          'note',
          'request-extension',
          'request-postponement',
          'decide-request',
          'unmerge',
        ),
      },
      { weight: 1, arbitrary: fc.constantFrom(...caseActions) },
    ),
    passed: fc.boolean(),
    unit: fc.constantFrom(undefined, 'enforcement', 'police'),
    /** Mostly somebody whose work it is, so that walks get far. */
    apt: fc.integer({ min: 0, max: 3 }),
    seconds: fc.integer({ min: 60, max: 20_000 }),
    reasonCode: fc.constantFrom('not-our-duty', 'nothing-there'),
    complete: fc.integer({ min: 0, max: 9 }),
    minutes: fc.integer({ min: 0, max: 200 }),
  }),
  { minLength: 25, maxLength: 60 },
);

/** Whose work an action is. */
function doerOf(action: string, { unit }: CaseDetail): (typeof people)[number] {
  switch (action) {
    case 'feedback':
    case 'return':
    case 'request-extension':
    case 'request-postponement':
      return unit?.code === 'police' ? 'unit-police' : 'unit-enforcement';
    case 'dispatch':
      return 'dispatcher';
    case 'send-for-check':
    case 'close':
    case 'unmerge':
      return 'clerk';
    default:
      return 'supervisor';
  }
}

describe.each(engines)('the workflow on %s', (engine) => {
  let server: TestServer;
  const clients = new Map<string, TestClient>();
  const photos = new Map<string, string>();

  beforeAll(async () => {
    server = await startTestServer({ engine });
    for (const name of people) {
      const client = await server.signIn(name);
      clients.set(name, client);
      if (name !== 'wall' && name !== 'evaluator') photos.set(name, await uploadPhoto(client));
    }
  });
  afterAll(() => server.close());

  const client = (name: string) => {
    const found = clients.get(name);
    if (!found) throw new Error(name);
    return found;
  };

  it('never takes a case where it does not lead, whoever tries what', async () => {
    const reached = new Set<string>();
    const taken = new Set<string>();
    await fc.assert(
      fc.asyncProperty(moves, async (walk) => {
        const { case: filed } = await fileVendor(server, client('operator'));
        let now: CaseDetail = filed;
        const { case: other } = await fileVendor(server, client('operator'));
        for (const tried of walk) {
          const { action, passed, unit, complete, minutes, seconds, reasonCode } = tried;
          const who = tried.apt === 0 ? tried.who : doerOf(action, now);
          server.clock.advance(minutes * 1000);
          const body =
            complete === 0
              ? {}
              : {
                  reason: '原因',
                  note: '说明',
                  passed,
                  approved: passed,
                  seconds,
                  reasonCode,
                  into: other.id,
                  ...(unit === undefined ? {} : { unit }),
                  ...(photos.has(who) ? { photos: [photos.get(who)] } : {}),
                };
          const seen = await client(who).get<CaseDetail & ErrorBody>(`/cases/${filed.id}`);
          const answer = await act(client(who), now, action, body);
          expect(answer.status).toBeLessThan(500);
          if (seen.status === 200) {
            // What is offered is never refused for the stage or the person, and what is not offered is.
            const offered = seen.body.allowed.some((one) => one.action === action);
            const refused = ['ACTION_NOT_ALLOWED', 'NOT_ALLOWED', 'REQUEST_DECIDED'].includes(
              answer.body.code,
            );
            expect(refused).toBe(!offered);
          } else {
            expect(answer.body.code).toBe('CASE_NOT_FOUND');
          }
          if (answer.status === 200) now = answer.body;
        }
        const { events, clocks } = expectStatus(
          await client('admin').get<Timeline>(`/cases/${filed.id}/timeline`),
          200,
        );
        for (const { action, fromStage, toStage } of events) {
          const declared = transitions.some(
            (step) =>
              (step.logged ?? step.action) === action &&
              (fromStage === undefined
                ? step.from.length === 0
                : step.from.some((stage) => stage === fromStage)) &&
              (step.to === 'same' ? toStage === fromStage : step.to === toStage),
          );
          expect(declared, `${action}: ${fromStage} → ${toStage}`).toBe(true);
          reached.add(toStage);
        }
        const running = clocks.filter(
          ({ endedAt, stage }) => endedAt === undefined && stage !== 'supervision',
        );
        expect(running.map(({ stage }) => stage)).toEqual(now.closedAt === undefined ? [now.stage] : []);
        expect(await verifyCaseLog(server.db, filed.id)).toEqual({ ok: true, events: events.length });
        for (const { action } of events) taken.add(action);
      }),
      // The embedded engine has one connection and takes its time.
      { numRuns: engine === 'embedded' ? 5 : 12 },
    );
    expect(reached.size).toBeGreaterThanOrEqual(4);
    expect(taken.size).toBeGreaterThanOrEqual(7);
    const { broken } = await listBrokenLogs(server.db);
    expect(broken).toEqual([]);
  }, 240_000);

  it('finds a row of the log that somebody changed', async () => {
    const { case: filed } = await fileVendor(server, client('operator'));
    await server.db.query(sql`
      update case_events
      set payload = jsonb_set(payload, '{ordinal}', '3')
      where case_id = ${filed.id} and action = 'dispatch'`);
    expect(await verifyCaseLog(server.db, filed.id)).toEqual({ ok: false, problem: 'changed', n: 2 });
    expect((await listBrokenLogs(server.db)).broken).toEqual([
      { caseId: filed.id, problem: 'changed at event 2' },
    ]);
  });

  it('tells of every change once: the last patch is the case', async () => {
    const { case: filed } = await fileVendor(server, client('operator'));
    const urged = expectStatus(await act(client('chief'), filed, 'supervise'), 200);
    const { rows } = await server.db.query<{
      patch: { version: number };
      rooms_before: string[];
      rooms_after: string[];
    }>(sql`
      select patch, rooms_before, rooms_after
      from (
        select at, patch, rooms_before, rooms_after from outbox where subject_id = ${filed.id}
        union all
        select at, patch, rooms_before, rooms_after from feed where subject_id = ${filed.id}
      ) changes
      order by (patch ->> 'version')::integer`);
    expect(rows.map(({ patch }) => patch.version)).toEqual([1, 2]);
    expect(rows[0]?.rooms_before).toEqual([]);
    expect(rows[1]?.rooms_after).toEqual([
      'district:620103',
      `subdistrict:${filed.subdistrictCode}`,
      `community:${filed.communityCode}`,
      'unit:enforcement',
      ...filed.assistants.map(({ code }) => `unit:${code}`),
    ]);
    const { items } = expectStatus(
      await client('clerk').get<{ items: { id: string }[] }>(`/cases?q=${filed.number}`),
      200,
    );
    expect(items).toEqual([rows[1]?.patch]);
    expect(urged.version).toBe(2);
  });
});
