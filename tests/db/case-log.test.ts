import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyCaseLog } from '../../server/cases/case-log.ts';
import { doAct, fileVendor } from '../support/case-story.ts';
import { engines } from '../support/test-database.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import type { TestClient } from '../support/test-client.ts';

describe.each(engines)('the log of a case on %s', (engine) => {
  let server: TestServer;
  let operator: TestClient;
  let clerk: TestClient;

  beforeAll(async () => {
    server = await startTestServer({ engine });
    operator = await server.signIn('operator');
    clerk = await server.signIn('clerk');
  });
  afterAll(() => server.close());

  /** A case with four events whose payloads hold what JSON may change on its way. */
  async function newCase(): Promise<string> {
    const { case: filed } = await fileVendor(server, operator, { note: '“引号” \\ \u2028 é 😀' });
    const noted = await doAct(clerk, filed, 'note', { note: '1e-7 0.1 -0 {"a": 1}' });
    await doAct(clerk, noted, 'note', { note: '二' });
    return filed.id;
  }

  it('verifies as it was written', async () => {
    expect(await verifyCaseLog(server.db, await newCase())).toEqual({ ok: true, events: 4 });
  });

  it('shows a changed payload, actor, time or hash', async () => {
    const changes = [
      sql`payload = jsonb_set(payload, '{note}', '"changed"')`,
      sql`actor_name = 'somebody else'`,
      sql`at = at - interval '1 second'`,
      sql`hash = repeat('0', 64)`,
      sql`prev_hash = repeat('0', 64)`,
      sql`to_stage = 'closed'`,
    ];
    for (const change of changes) {
      const id = await newCase();
      await server.db.query(sql`update case_events set ${change} where case_id = ${id} and n = 3`);
      expect(await verifyCaseLog(server.db, id)).toEqual({ ok: false, problem: 'changed', n: 3 });
    }
  });

  it('shows a cut tail and a hole', async () => {
    const cut = await newCase();
    await server.db.query(sql`delete from case_events where case_id = ${cut} and n >= 3`);
    expect(await verifyCaseLog(server.db, cut)).toEqual({ ok: false, problem: 'cut', n: 3 });
    const hole = await newCase();
    await server.db.query(sql`delete from case_events where case_id = ${hole} and n = 2`);
    expect(await verifyCaseLog(server.db, hole)).toEqual({ ok: false, problem: 'changed', n: 2 });
  });

  it('shows a last event that was replaced together with its hash', async () => {
    const id = await newCase();
    const other = await newCase();
    await server.db.query(sql`
      update case_events e
      set payload = o.payload, hash = o.hash
      from case_events o
      where e.case_id = ${id} and e.n = 4 and o.case_id = ${other} and o.n = 4`);
    expect(await verifyCaseLog(server.db, id)).toMatchObject({ ok: false, n: 4 });
  });
});
