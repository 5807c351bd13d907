import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import sql from 'sql-template-tag';
import type { ClassEntry, ClassSet, LimitRow } from '#contract/dictionary';
import type { RegisterChange } from '#contract/history';
import type { ErrorBody } from '#contract/shared';
import type { Resolution } from '#contract/units';
import { engines } from '../support/test-database.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import type { TestClient } from '../support/test-client.ts';

const at = 'lon=103.7608273&lat=36.0634948';
type List<T> = { items: T[]; next?: string };

describe.each(engines)('editing the dictionary on %s', (engine) => {
  let server: TestServer;
  let admin: TestClient;
  let operator: TestClient;
  beforeAll(async () => {
    server = await startTestServer({ engine });
    admin = await server.signIn('admin');
    operator = await server.signIn('operator');
  });
  afterAll(() => server.close());

  const limitsOf = async (query: string) =>
    (await operator.get<List<LimitRow>>(`/limits?${query}`)).body.items;
  const defaultOf = async (classId: string) => {
    const found = (await limitsOf(`class=${classId}`)).find(({ isDefault }) => isDefault);
    if (!found) throw new Error(`${classId} has no default`);
    return found;
  };
  const successor = (limit: LimitRow, more: object) => ({
    class: limit.class,
    condition: limit.condition,
    ...(limit.place ? { place: limit.place } : {}),
    amount: limit.amount,
    unit: limit.unit,
    closingCondition: limit.closingCondition,
    urgent: limit.urgent,
    special: limit.special,
    isDefault: limit.isDefault,
    replaces: limit.id,
    reason: '新标准',
    ...more,
  });
  const lastChange = async (subject: string) =>
    (await admin.get<List<RegisterChange>>(`/register/changes?subject=${subject}&limit=1`)).body.items[0];
  const undoLast = async (subject: string) =>
    admin.post<ErrorBody>(`/register/changes/${(await lastChange(subject))?.batch}/undo`);

  test('lists limits, the urgent and the special ones, page by page', async () => {
    const first = await operator.get<List<LimitRow>>('/limits?limit=500');
    const second = await operator.get<List<LimitRow>>(`/limits?limit=500&after=${first.body.next}`);
    expect(first.body.items.length + second.body.items.length).toBe(636);
    expect(second.body.next).toBeUndefined();
    const urgent = await limitsOf('urgent=true&limit=500');
    expect(urgent.length).toBeGreaterThan(3);
    expect(urgent.every((limit) => limit.urgent)).toBe(true);
    expect((await limitsOf('special=true&limit=500')).every((limit) => limit.special)).toBe(true);
    expect((await limitsOf('class=P01003')).every((limit) => limit.class === 'P01003')).toBe(true);
    expect((await operator.get('/limits?on=2026-02-30')).status).toBe(400);
  });

  test('reads other editions and says which sets there are', async () => {
    const sets = (await operator.get<List<ClassSet>>('/class-sets')).body.items;
    expect(sets.map(({ edition, active }) => [edition, active])).toEqual([
      [2007, false],
      [2013, false],
      [2026, true],
    ]);
    expect(sets.find(({ active }) => active)).toMatchObject({ parts: 153, events: 97 });
    const old = (await operator.get<List<ClassEntry>>('/classes?edition=2013')).body.items;
    expect(old.length).toBe((sets[1]?.parts ?? 0) + (sets[1]?.events ?? 0));
    expect(new Set(old.map(({ edition }) => edition))).toEqual(new Set([2013]));
    expect((await operator.get('/classes?edition=1999')).status).toBe(400);
  });

  test('renames a class with its initials, for the administrator alone, and puts it back', async () => {
    const edit = { name: { zh: '公共电话亭', en: 'Telephone booth' }, stance: 'upright', reason: '更名' };
    expect((await operator.call('PATCH', '/classes/P01008', edit)).status).toBe(403);
    const former = (await operator.get<List<ClassEntry>>('/classes')).body.items.find(
      ({ id }) => id === 'P01008',
    );
    const { headers } = await operator.get('/classes');
    const { body } = await admin.call<ClassEntry>('PATCH', '/classes/P01008', edit);
    expect(body).toMatchObject({ name: edit.name, pinyin: 'ggdht' });
    const etag = headers.get('etag') ?? '';
    expect((await operator.call('GET', '/classes', undefined, { 'if-none-match': etag })).status).toBe(200);
    expect((await undoLast('class')).status).toBe(200);
    const back = (await operator.get<List<ClassEntry>>('/classes')).body.items.find(
      ({ id }) => id === 'P01008',
    );
    expect(back).toEqual(former);
    expect((await admin.call<ErrorBody>('PATCH', '/classes/X1', edit)).body.code).toBe('UNKNOWN_CLASS');
  });

  test('a limit’s successor holds from midnight of its day on; what was filed keeps the old one', async () => {
    const old = await defaultOf('E09001');
    const filed = async () => (await operator.get<Resolution>(`/resolve?class=E09001&${at}`)).body.limit;
    expect((await filed()).id).toBe(old.id);
    const body = successor(old, { from: '2026-10-20', amount: 7, unit: 'day' });
    expect((await operator.post('/limits', body)).status).toBe(403);
    expect((await admin.post<ErrorBody>('/limits', { ...body, from: '2026-10-15' })).body.code).toBe(
      'DAY_IN_PAST',
    );
    const added = await admin.post<LimitRow>('/limits', body);
    expect(added.body).toMatchObject({ from: '2026-10-20', replaces: old.id, basis: 'own' });
    expect(added.status).toBe(201);

    server.clock.set(new Date('2026-10-19T15:59:59.999Z'));
    expect((await filed()).id).toBe(old.id);
    const before = (await operator.get('/classes')).headers.get('etag');
    server.clock.set(new Date('2026-10-19T16:00:00.000Z'));
    expect(await filed()).toMatchObject({ id: added.body.id, limitSeconds: 7 * 23_400 });
    expect((await operator.get('/classes')).headers.get('etag')).not.toBe(before);
    // Somebody who still names the old condition gets what stands in its place.
    const named = await operator.get<Resolution>(`/resolve?class=E09001&${at}&condition=${old.id}`);
    expect(named.body.limit.id).toBe(added.body.id);
    expect((await limitsOf('class=E09001&all=true')).find(({ id }) => id === old.id)?.to).toBe('2026-10-20');
    expect((await limitsOf('class=E09001&on=2026-10-19')).map(({ id }) => id)).toContain(old.id);
    server.clock.set(new Date('2026-10-16T02:00:00.000Z'));

    const batch = (await lastChange('limit'))?.batch;
    expect((await undoLast('limit')).status).toBe(200);
    expect((await limitsOf('class=E09001&all=true')).map(({ id }) => id)).not.toContain(added.body.id);
    expect(await defaultOf('E09001')).toEqual(old);
    const { body: history } = await admin.get<List<RegisterChange>>(
      `/register/changes?subject=limit&limit=10`,
    );
    expect(history.items.filter((one) => one.batch === batch).map(({ action }) => action)).toEqual([
      'add',
      'retire',
    ]);
  });

  test('refuses what would leave two limits to choose from', async () => {
    const old = await defaultOf('P01003');
    const { replaces: _, ...fresh } = successor(old, { from: '2026-11-01' });
    const same = await admin.post<ErrorBody>('/limits', fresh);
    expect([same.status, same.body.code]).toEqual([409, 'LIMIT_OVERLAPS']);
    const other = { ...fresh, condition: { zh: '另一个默认', en: 'another default' } };
    expect((await admin.post<ErrorBody>('/limits', other)).body).toMatchObject({
      code: 'LIMIT_OVERLAPS',
      details: { conflicts: [{ because: 'default' }] },
    });
    expect((await admin.post('/limits', { ...other, isDefault: false })).status).toBe(201);
    expect((await undoLast('limit')).status).toBe(200);
    const early = { ...fresh, from: '2026-10-31', amount: 0.00001 };
    expect((await admin.post<ErrorBody>('/limits', early)).body.code).toBe('INVALID_INPUT');
    expect((await admin.post<ErrorBody>('/limits', { ...fresh, class: 'P99999' })).body.code).toBe(
      'UNKNOWN_CLASS',
    );
    expect((await admin.post<ErrorBody>('/limits', { ...fresh, replaces: 999_999 })).body.code).toBe(
      'UNKNOWN_CONDITION',
    );
  });

  test('ends a limit on a day; without any the class cannot be filed', async () => {
    const [only, ...others] = await limitsOf('class=P01012');
    for (const limit of [only, ...others]) {
      const ended = await admin.post<LimitRow>(`/limits/${limit?.id}/end`, {
        on: '2026-10-16',
        reason: '取消',
      });
      expect(ended.body.to).toBe('2026-10-16');
    }
    const again = await admin.post<ErrorBody>(`/limits/${only?.id}/end`, {
      on: '2026-10-20',
      reason: '取消',
    });
    expect([again.status, again.body.code]).toEqual([409, 'RULE_ENDED']);
    expect((await admin.post('/limits/999999/end', { on: '2026-10-20', reason: '取消' })).status).toBe(404);
    const refused = await operator.get<ErrorBody>(`/resolve?class=P01012&${at}`);
    expect(refused.body.code).toBe('CLASS_WITHOUT_LIMIT');
    const { rows } = await server.db.query<{ count: number }>(sql`
      select count(*)::integer as count from register_changes where subject = 'limit' and action = 'retire'
        and code in (select id::text from class_limits where class_id = 'P01012')`);
    expect(rows[0]?.count).toBe(1 + others.length);
    expect((await undoLast('limit')).status).toBe(200);
    expect((await operator.get(`/resolve?class=P01012&${at}`)).status).toBe(200);
  });
});
