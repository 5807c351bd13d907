import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CaseDetail, CaseSummary } from '#contract/cases';
import type { FramingResult } from '#contract/reports';
import { findLastSeq } from '../../server/realtime/repository.ts';
import { eventually, openLive } from '../support/live-client.ts';
import type { TestClient } from '../support/test-client.ts';
import { engines } from '../support/test-database.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

type Live = ReturnType<typeof openLive>;

describe.each(engines)('the live feed on %s', (engine) => {
  let server: TestServer;
  let operator: TestClient;
  let supervisor: TestClient;
  const open: Live[] = [];

  beforeAll(async () => {
    server = await startTestServer({ engine });
    operator = await server.signIn('operator');
    supervisor = await server.signIn('supervisor');
  });
  afterAll(async () => {
    for (const live of open) live.stop();
    await server.close();
  });

  async function watchAs(username: string): Promise<{ live: Live; client: TestClient }> {
    const client = await server.signIn(username);
    const live = openLive(client);
    open.push(live);
    await eventually(() => live.seq !== null, `${username} is up to date`);
    return { live, client };
  }

  async function fileCase(index = 0): Promise<CaseDetail> {
    const { body, status } = await operator.post<FramingResult>(
      '/framings',
      {
        cameraId: 'camera-1',
        at: server.clock.now().toISOString(),
        box: { x: 0.3 + (index % 40) / 100, y: 0.6, width: 0.08, height: 0.2 },
        class: 'E09001',
        file: true,
      },
      { 'idempotency-key': randomUUID() },
    );
    expect(status, JSON.stringify(body).slice(0, 300)).toBe(201);
    if (!body.case) throw new Error('no case was filed');
    return body.case;
  }

  async function act(
    who: TestClient,
    one: CaseSummary,
    action: string,
    body: object = {},
  ): Promise<CaseDetail> {
    const answer = await who.post<CaseDetail>(`/cases/${one.id}/actions/${action}`, {
      expectedVersion: one.version,
      ...body,
    });
    expect(answer.status, JSON.stringify(answer.body).slice(0, 300)).toBe(200);
    return answer.body;
  }

  test('a filed case reaches those whose scope it lies in, and nobody else', async () => {
    const wall = await watchAs('wall');
    const chief = await watchAs('chief');
    const filed = await fileCase();
    const unit = await watchAs(`unit-${filed.unit?.code}`);
    const inside = await watchAs(`subdistrict-${filed.subdistrictCode}`);
    const elsewhere = filed.subdistrictCode === '620103009' ? '620103001' : '620103009';
    const outside = await watchAs(`subdistrict-${elsewhere}`);
    const second = await fileCase(1);
    for (const { live } of [wall, chief, unit, inside]) {
      await eventually(() => live.book.get(second.id) !== undefined, 'the case arrives');
    }
    await eventually(() => outside.live.seq === wall.live.seq, 'the number moves for those who see nothing');
    expect(outside.live.book.get(second.id)).toBeUndefined();
    const { body } = await outside.client.get<{ changes: unknown[] }>('/feed?after=0');
    expect(body.changes).toEqual([]);
  });

  test('a case dispatched away from a unit that is watching leaves its screen', async () => {
    const filed = await fileCase(2);
    const held = filed.unit?.code ?? '';
    const first = await watchAs(`unit-${held}`);
    expect(first.live.book.get(filed.id)).toBeDefined();
    const units = await supervisor.get<{ items: { code: string }[] }>('/units?limit=500');
    const other = units.body.items.find(({ code }) => code !== held)?.code ?? '';
    const second = await watchAs(`unit-${other}`);
    await act(supervisor, filed, 'dispatch', { unit: other, reason: '责任调整' });
    await eventually(() => second.live.book.get(filed.id) !== undefined, 'the new unit has it');
    await eventually(() => first.live.book.get(filed.id) === undefined, 'the old unit lost it');
    expect((await first.client.get(`/cases/${filed.id}`)).status).toBe(404);
  });

  test('watching never widens a scope', async () => {
    const filed = await fileCase(3);
    const elsewhere = filed.subdistrictCode === '620103009' ? '620103001' : '620103009';
    const client = await server.signIn(`subdistrict-${elsewhere}`);
    const socket = await client.connect();
    const ask = (room: string) =>
      new Promise<{ ok: boolean }>((resolve) => {
        socket.emit('watch', room, resolve);
      });
    expect(await ask(`subdistrict:${filed.subdistrictCode}`)).toEqual({ ok: false });
    expect(await ask('district:620103')).toEqual({ ok: false });
    expect(await ask(`case:${filed.id}`)).toEqual({ ok: false });
    expect(await ask(`unit:${filed.unit?.code}`)).toEqual({ ok: false });
    expect(await ask(`subdistrict:${elsewhere}`)).toEqual({ ok: true });
    socket.close();
  });

  test('a socket without a session is refused, and one whose session ends is closed', async () => {
    await expect(server.anonymous().connect()).rejects.toThrow('NOT_SIGNED_IN');
    const { live, client } = await watchAs('evaluator');
    await client.call('DELETE', '/session');
    await eventually(() => live.ended, 'the client is told that its session ended');
    await expect(client.connect()).rejects.toThrow(/NOT_SIGNED_IN|SESSION_EXPIRED/);
  });

  test('after a thousand changes with sockets dropped all the while every client has what the database says', async () => {
    const cases: CaseDetail[] = [];
    for (let n = 0; n < 60; n++) cases.push(await fileCase(n));
    const sample = cases[0];
    const names = ['wall', 'chief', 'dispatcher', 'operator', `unit-${sample?.unit?.code}`];
    const watchers: { live: Live; client: TestClient }[] = [];
    for (const name of [
      ...names,
      `subdistrict-${sample?.subdistrictCode}`,
      'subdistrict-620103009',
      'hotline',
    ]) {
      for (let n = 0; n < 5; n++) watchers.push(await watchAs(name));
    }
    let random = 20_261_016;
    const pick = (below: number) => {
      random = (Math.imul(random, 1_103_515_245) + 12_345) >>> 0;
      return random % below;
    };
    for (let n = 0; n < 1000; n++) {
      const index = pick(cases.length);
      const one = cases[index];
      if (one) cases[index] = await act(supervisor, one, 'note', { note: `第 ${n} 次记录` });
      if (n % 20 === 0) {
        // 15 % of the sockets, again and again, at moments that differ from one to the next.
        for (let dropped = 0; dropped < watchers.length * 0.15; dropped++) {
          watchers[pick(watchers.length)]?.live.drop();
        }
      }
    }
    const drained = async () => {
      const { rows } = await server.db.query<{ waiting: number }>(
        sql`select count(*) as waiting from outbox`,
      );
      return rows[0]?.waiting === 0;
    };
    await eventually(drained, 'the publisher is done');
    const last = await findLastSeq(server.db);
    for (const { live, client } of watchers) {
      await eventually(() => live.seq === last && live.state === 'live', 'everybody caught up');
      const { body } = await client.get<{ items: CaseSummary[] }>('/cases?open=true&limit=500');
      const inDatabase = new Map(body.items.map((one) => [one.id, one.version]));
      const onScreen = new Map(
        live.book
          .list()
          .filter((one) => !one.closedAt)
          .map((one) => [one.id, one.version]),
      );
      expect(new Map([...onScreen].sort())).toEqual(new Map([...inDatabase].sort()));
    }
  }, 180_000);
});
