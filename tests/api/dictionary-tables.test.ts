import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import sql from 'sql-template-tag';
import type { ClassEntry, LimitRow } from '#contract/dictionary';
import type { RegisterChange } from '#contract/history';
import type { TableResult } from '#contract/rules';
import type { ErrorBody } from '#contract/shared';
import type { Duty, Unit } from '#contract/units';
import { engines } from '../support/test-database.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import type { TestClient } from '../support/test-client.ts';

type List<T> = { items: T[] };
type Refusal = ErrorBody & { details: { errors: TableResult['errors'] } };

/** What a Chinese spreadsheet saves: two bytes for each Chinese character. */
function inGb18030(text: string): Uint8Array {
  const decoder = new TextDecoder('gb18030');
  const bytes = new Map<string, [number, number]>();
  for (let high = 0x81; high <= 0xfe; high++) {
    for (let low = 0x40; low <= 0xfe; low++) {
      if (low !== 0x7f) bytes.set(decoder.decode(Uint8Array.of(high, low)), [high, low]);
    }
  }
  return Uint8Array.from([...text].flatMap((one) => bytes.get(one) ?? [one.charCodeAt(0)]));
}

describe.each(engines)('tables of rules on %s', (engine) => {
  let server: TestServer;
  let admin: TestClient;
  beforeAll(async () => {
    server = await startTestServer({ engine });
    admin = await server.signIn('admin');
  });
  afterAll(() => server.close());

  const download = async (name: string, query = '') =>
    (await admin.get<Buffer>(`/${name}.csv${query}`)).body.toString('utf8');
  const put = <T = TableResult>(name: string, text: string | Uint8Array, query = '') =>
    admin.call<T>('PUT', `/${name}.csv?reason=${encodeURIComponent('年度调整')}${query}`, text, {
      'content-type': 'text/csv',
    });
  const lines = (text: string) => text.split('\r\n').filter((line) => line !== '');

  test.each([
    ['classes', 629],
    ['limits', 636],
    ['units', 39],
    ['duties', 308],
  ])('%s go out for a spreadsheet and change nothing when they come back', async (name, rows) => {
    const answer = await admin.get<Buffer>(`/${name}.csv`);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${name}-2026-10-16.csv"`);
    expect([...answer.body.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const text = answer.body.toString('utf8');
    const { body } = await put(name, text, '&dryRun=true');
    expect(body).toMatchObject({ added: 0, changed: 0, ended: 0, unchanged: rows, errors: [] });
    const real = await put(name, text, `&expectedVersion=${body.version}`);
    expect(real.body).toMatchObject({ unchanged: rows, dryRun: false });
    expect(real.body).not.toHaveProperty('batch');
    expect(await download(name)).toBe(text);
  });

  test('are the administrator’s to change, and must be the right table', async () => {
    const clerk = await server.signIn('dispatcher');
    const text = await download('units');
    expect((await clerk.get('/units.csv')).status).toBe(200);
    const refused = await clerk.call('PUT', '/units.csv?reason=x', text, { 'content-type': 'text/csv' });
    expect(refused.status).toBe(403);
    expect((await admin.call('PUT', '/units.csv', text, { 'content-type': 'text/csv' })).status).toBe(400);
    const other = await put<ErrorBody>('duties', text);
    expect([other.status, other.body.code]).toEqual([400, 'INVALID_INPUT']);
    expect((await put<ErrorBody>('units', '')).body.code).toBe('INVALID_INPUT');
    expect((await put<ErrorBody>('units', 'code,"name_zh\n')).body.code).toBe('INVALID_INPUT');
    expect((await put<ErrorBody>('units', text, '&on=2026-10-15')).body.code).toBe('DAY_IN_PAST');
    expect((await put<ErrorBody>('units', text, '&expectedVersion=other')).status).toBe(409);
    expect((await admin.call('PUT', '/units.csv?reason=x', { a: 1 })).status).toBe(415);
  });

  test('with one error in them change nothing and say where', async () => {
    const [header = '', ...rows] = lines(await download('limits'));
    const before = await download('limits', '?all=true');
    const broken = [header, ...rows];
    // Line 3: half a number; line 5: no such class; line 7: the same number twice.
    broken[2] = (rows[1] ?? '').replace(/,15,day,/, ',fifteen,day,');
    broken[4] = ',P99999,新条件,new condition,,1,day,a,b,false,false,false,,,,';
    broken[6] = rows[0] ?? '';
    const text = broken.join('\r\n');
    const dry = await put('limits', text, '&dryRun=true');
    expect(dry.status).toBe(200);
    expect(dry.body.errors.map(({ line, field }) => [line, field])).toEqual([
      [3, 'amount'],
      [5, 'class'],
      [7, 'id'],
    ]);
    const refused = await put<Refusal>('limits', text);
    expect([refused.status, refused.body.code]).toEqual([422, 'TABLE_REFUSED']);
    expect(refused.body.details.errors).toEqual(dry.body.errors);
    expect(await download('limits', '?all=true')).toBe(before);
  });

  test('make successors, new limits and ends from a day on, undone together', async () => {
    const before = await download('limits');
    const [header = '', ...rows] = lines(before);
    const first = rows.findIndex((row) => row.includes(',15,day,'));
    const changed = (rows[first] ?? '').replace(',15,day,', ',20,day,');
    const added = ',E06001,"夜间施工, 扰民",night work,,3,hour,停止,stopped,false,true,false,,,,';
    const kept = rows.filter((_, index) => index !== first && index !== rows.length - 1);
    const text = [header, changed, ...kept, added].join('\n');
    const query = '&on=2026-11-01';
    const dry = await put('limits', text, `${query}&dryRun=true`);
    expect(dry.body).toMatchObject({ added: 1, changed: 1, ended: 1, unchanged: 634, errors: [] });
    expect(await download('limits')).toBe(before);
    const real = await put('limits', text, `${query}&expectedVersion=${dry.body.version}`);
    expect(real.body).toMatchObject({ added: 1, changed: 1, ended: 1, dryRun: false });

    const id = Number((rows[first] ?? '').split(',')[0]);
    const of = async (on: string) =>
      (await admin.get<List<LimitRow>>(`/limits?class=E06001&on=${on}&limit=500`)).body.items;
    expect((await of('2026-10-31')).find((one) => one.id === id)).toMatchObject({
      amount: 15,
      to: '2026-11-01',
    });
    const then = await of('2026-11-01');
    expect(then.find((one) => one.replaces === id)).toMatchObject({ amount: 20, from: '2026-11-01' });
    expect(then.find(({ condition }) => condition.zh === '夜间施工, 扰民')).toMatchObject({
      amount: 3,
      unit: 'hour',
      special: true,
    });
    const { rows: counted } = await server.db.query<{ action: string; count: number }>(sql`
      select action, count(*)::integer as count from register_changes where batch = ${real.body.batch}::uuid
      group by action order by action`);
    expect(counted).toEqual([
      { action: 'add', count: 2 },
      { action: 'retire', count: 2 },
    ]);
    expect((await admin.post(`/register/changes/${real.body.batch}/undo`)).body).toMatchObject({ undone: 4 });
    expect(await download('limits')).toBe(before);
    expect((await put('limits', text, `${query}&keepMissing=true&dryRun=true`)).body.ended).toBe(0);
  });

  test('open and close units, in Chinese spreadsheets’ own encoding, formulas kept harmless', async () => {
    const text = await download('units');
    const [header = '', ...rows] = lines(text);
    const fresh = `new-office,=1+1 办公室,Office,other,FALSE,+86 931,,,,real,`;
    const closing = rows.findIndex((row) => row.startsWith('post,'));
    rows[closing] = (rows[closing] ?? '').replace(/[^,]*$/, '2026/12/1');
    const { body } = await put(
      'units',
      inGb18030([header.replace('\ufeff', ''), ...rows, fresh].join('\r\n')),
    );
    expect(body).toMatchObject({ added: 1, changed: 1, ended: 0, errors: [] });
    const unit = (await admin.get<Unit>('/units/new-office')).body;
    expect([unit.name.zh, unit.phone]).toEqual(['=1+1 办公室', '+86 931']);
    expect((await admin.get<Unit>('/units/post')).body.closedAt).toBe('2026-12-01');
    const again = await download('units');
    expect(again).toContain("new-office,'=1+1 办公室,Office,other,false,'+86 931");
    expect((await put('units', again, '&dryRun=true')).body).toMatchObject({ changed: 0, unchanged: 40 });
    const wrong = await put<Refusal>('units', `${lines(text)[0]}\r\nBad Code,a,b,shop,maybe,,,,999999999,,`);
    expect(wrong.body.details.errors.map(({ field }) => field)).toEqual(['kind', 'is_command']);
    expect((await admin.post(`/register/changes/${body.batch}/undo`)).status).toBe(200);
    expect((await admin.get<Unit>('/units/post')).body.closedAt).toBeUndefined();
  });

  test('name classes anew and bring another edition, which is not in force', async () => {
    const [header = '', ...rows] = lines(await download('classes'));
    const renamed = rows.map((row) =>
      row.startsWith('P01003,') ? row.replace('雨水井盖', '雨水箅井盖').replace(',ysjg,', ',,') : row,
    );
    const future = '2031:P0101,GB/T 1-2031,2031,part,01,公用设施,Utilities,01,智慧灯杆,Smart pole,upright,,';
    const wrong = '2031:P0109,GB/T 1-2031,2031,part,01,公用设施,Utilities,02,智慧灯杆,Smart pole,upright,,';
    const refused = await put<Refusal>('classes', [header, ...renamed, future, wrong].join('\r\n'));
    expect(refused.body.details.errors).toMatchObject([{ line: 632, field: 'id' }]);
    const { body } = await put('classes', [header, ...renamed, future].join('\r\n'));
    expect(body).toMatchObject({ added: 1, changed: 1, ended: 0, unchanged: 628 });
    const classes = (await admin.get<List<ClassEntry>>('/classes')).body.items;
    expect(classes).toHaveLength(250);
    expect(classes.find(({ id }) => id === 'P01003')).toMatchObject({
      name: { zh: '雨水箅井盖' },
      pinyin: 'ysbjg',
    });
    const changes = await admin.get<List<RegisterChange>>('/register/changes?subject=class-set');
    expect(changes.body.items).toMatchObject([{ code: '2031', action: 'add' }]);
  });

  test('of duties are checked against units, classes and divisions', async () => {
    const [header = '', ...rows] = lines(await download('duties'));
    const bad = [
      ',nobody,event,E09001,,,,,,10,lead,,,,',
      ',police,part,E09001,,,,,,10,lead,,,,',
      ',police,event,E09001,,999999,,,,10,lead,,,,',
      ',police,event,E09001,,,,,,10,boss,,,,',
      ',police,event,E09001,,,,,,10,lead,2026-12-01,2026-11-01,,',
    ];
    const refused = await put<Refusal>('duties', [header, ...rows, ...bad].join('\r\n'));
    expect(refused.body.details.errors.map(({ field }) => field)).toEqual([
      'unit_code',
      'class',
      'area',
      'role',
      'to',
    ]);
    const good = ',police,event,E07004,,620103001,,,,10,lead,,,,';
    const { body } = await put('duties', [header, ...rows.slice(1), good].join('\r\n'), '&on=2026-10-20');
    expect(body).toMatchObject({ added: 1, ended: 1, unchanged: 307 });
    const then = (await admin.get<List<Duty>>('/duties?class=E07004&on=2026-10-20')).body.items;
    expect(then.find((one) => one.class === 'E07004')).toMatchObject({ areaCode: '620103001', basis: 'own' });
  });
});
