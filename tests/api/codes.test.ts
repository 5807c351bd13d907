import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CodeReading, Translation } from '#contract/codes';
import type { TestClient } from '../support/test-client.ts';
import { engines } from '../support/test-database.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

describe.each(engines)('codes on %s', (engine) => {
  let server: TestServer;
  let client: TestClient;
  beforeAll(async () => {
    server = await startTestServer({ engine });
    client = await server.signIn('collector');
  });
  afterAll(() => server.close());

  const read = async (path: string) => {
    const { status, body } = await client.get(`/codes/${path}`);
    expect(status).toBe(200);
    return body as CodeReading;
  };
  const translate = async (query: string) => {
    const { status, body } = await client.get(`/codes/translate?${query}`);
    expect(status).toBe(200);
    return body as Translation;
  };

  test('explains a part code digit by digit', async () => {
    const reading = await read('62010301003000123');
    expect(reading).toMatchObject({ form: 'part', editions: [2026], valid: true, problems: [] });
    expect(reading.pieces.map(({ name, digits }) => [name, digits])).toEqual([
      ['district', '620103'],
      ['major', '01'],
      ['minor', '003'],
      ['sequence', '000123'],
    ]);
    expect(reading.pieces[2]?.meaning?.zh).toBe('雨水井盖');
    expect(reading.classes).toMatchObject([{ id: 'P01003', kind: 'part' }]);
  });

  test('gives both readings of a part code of 16 digits', async () => {
    const reading = await read('6201030118000001');
    expect(reading.editions.sort()).toEqual([2007, 2013]);
    expect(reading.classes.map(({ id, name }) => [id, name.zh]).sort()).toEqual([
      ['2007:P0118', '路灯'],
      ['2013:P0118', '化粪池井盖'],
    ]);
  });

  test('says what is wrong with a code', async () => {
    const cell = await read('620103001001000');
    expect(cell).toMatchObject({ form: 'cell', valid: false, problems: [{ zh: '顺序号从 1 开始' }] });
    const elsewhere = await read('11010101999000001');
    expect(elsewhere.valid).toBe(false);
    expect(elsewhere.problems).toHaveLength(2);
    expect((await client.get('/codes/12345678')).body).toMatchObject({ code: 'UNREADABLE_CODE' });
    expect((await server.anonymous().get('/codes/620103')).status).toBe(401);
  });

  test('reads an event of 2026 that a part class yields', async () => {
    const reading = await read('62010301003');
    expect(reading).toMatchObject({ form: 'event', valid: true });
    expect(reading.pieces[2]?.meaning?.zh).toBe('雨水井盖异常');
  });

  test('tells a part class from an event class of the same digits', async () => {
    expect((await read('0101')).classes.length).toBeGreaterThan(2);
    expect((await read('0101?kind=event')).classes.every(({ kind }) => kind === 'event')).toBe(true);
    expect((await read('2013:P0107')).classes).toMatchObject([{ id: '2013:P0107' }]);
  });

  test('translates a class over two editions, by meaning and not by digits', async () => {
    expect(await translate('class=2007:P0118&to=2026')).toMatchObject({
      from: { id: '2007:P0118' },
      to: [{ id: 'P01037', relation: 'same', reviewed: true }],
      ambiguous: false,
    });
    expect(await translate('class=2013:P0107&to=2026')).toMatchObject({ to: [{ id: 'P01007' }] });
    expect(await translate('class=2007:P0601&to=2026')).toMatchObject({ to: [], ambiguous: false });
    expect(await translate('class=P01003&to=2026')).toMatchObject({ to: [{ id: 'P01003' }] });
    expect((await client.get('/codes/translate?class=P99999&to=2013')).body).toMatchObject({
      code: 'UNKNOWN_CLASS',
    });
  });

  test('translates a part code, its district and sequence kept', async () => {
    expect(await translate('code=6201030118000042&from=2007&to=2026')).toMatchObject({
      to: [{ id: 'P01037', code: '62010301037000042' }],
      ambiguous: false,
    });
    expect(await translate('code=62010301037000042&to=2007')).toMatchObject({
      to: [{ code: '6201030118000042' }],
    });
    const pole = await translate('code=6201030117000001&from=2007&to=2026');
    expect(pole.ambiguous).toBe(true);
    expect(pole.to).toHaveLength(5);
    expect((await client.get('/codes/translate?code=6201030118000042&to=2026')).body).toMatchObject({
      code: 'EDITION_REQUIRED',
      details: { editions: [2007, 2013] },
    });
  });
});
