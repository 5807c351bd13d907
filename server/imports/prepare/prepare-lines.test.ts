import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildCellIndex } from '../cell-index.ts';
import type { PreparationRequest, PreparedBatch } from '../prepared-rows.ts';
import { openSource } from '../read/open-source.ts';
import { inspectSource } from './inspect-source.ts';
import { openWorkshop, sampleFacts } from './preparation-fixture.ts';
import { parseDecimal } from './prepare-lines.ts';
import { prepareSource } from './prepare-source.ts';

let shop: ReturnType<typeof openWorkshop>;
beforeEach(() => (shop = openWorkshop()));
afterEach(() => shop.close());

const cells = buildCellIndex([
  {
    code: '620103001001001',
    rings: [Float64Array.from([103.7, 36, 103.8, 36, 103.8, 36.1, 103.7, 36.1, 103.7, 36])],
  },
]);

/** The rows of a file as COPY text, taken from its bytes or in the general way. */
async function prepare(path: string, way: 'bytes' | 'general') {
  const request: PreparationRequest = {
    path,
    fileName: 'parts.csv',
    layer: 'parts',
    options: {},
    facts: sampleFacts(),
    form: 'copy',
    workFolder: shop.folder,
  };
  const source = await openSource(request);
  const inspected = await inspectSource(source, request);
  const { plainLines, ...general } = source;
  if (way === 'bytes') expect(plainLines).toBeDefined();
  const batches: PreparedBatch[] = [];
  for await (const batch of prepareSource(way === 'bytes' ? source : general, request, inspected, { cells }))
    batches.push(batch);
  return {
    text: Buffer.concat(batches.map(({ data }) => data)).toString('utf8'),
    rows: batches.reduce((sum, { rows }) => sum + rows, 0),
    rowsRead: batches.at(-1)?.rowsRead,
    // The general way tells wrong numbers of columns before the rest of a piece.
    errors: batches.flatMap(({ errors }) => errors).sort((a, b) => a.line - b.line),
    warnings: batches.flatMap(({ warnings }) => warnings),
  };
}

const header = '管理部件标识码,管理部件名称,经度,纬度,主管部门名称,初始日期,备注';
const line = (n: number, note = '') =>
  `62010301037${String(n).padStart(6, '0')},路灯,103.75${n},36.06,城管局,2024-05-06,${note}`;

test('rows come with their cell, and nothing is lost at the edges of the file', async () => {
  for (const text of [
    `${header}\n${line(1)}\n${line(2)}`,
    `\ufeff\r\n${header}\r\n${line(1)}\r\n\r\n${line(2)}\r\n`,
  ]) {
    const path = shop.write('parts.csv', text);
    const prepared = await prepare(path, 'bytes');
    expect(prepared).toEqual(await prepare(path, 'general'));
    expect(prepared).toMatchObject({ rows: 2, rowsRead: 2, errors: [] });
    expect(prepared.text).toMatch(/^\d+\t62010301037000001\t.*城管局.*\t620103001001001\n.*\n$/);
  }
});

test('what the bytes give is what the general way gives, whatever the file holds', async () => {
  const code = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.integer({ min: 1, max: 60 }).map((n) => `62010301037${String(n).padStart(6, '0')}`),
    },
    fc.constantFrom(
      '',
      "'62010301037000001",
      '62010301037000001.0',
      '6.2E+16',
      '6201030103700001',
      ' 62010301037000007 ',
    ),
  );
  const cell = (...values: string[]) => fc.constantFrom(...values);
  const degrees = (...more: string[]) =>
    fc.oneof(
      {
        weight: 8,
        arbitrary: fc.integer({ min: 0, max: 1_999_999 }).map((n) => (103.7 + n / 1e7).toFixed(7)),
      },
      cell(...more),
    );
  const row = fc
    .tuple(
      code,
      cell('路灯', 'P01037', ' 路灯', '电线杆', '', 'nothing of ours'),
      degrees('', '0', 'NaN', '103°45′0″E', ' 103.75', '1e2', '103.75000001234567'),
      fc.oneof({ weight: 8, arbitrary: fc.constant('36.06') }, cell('', '0', '96', '-.5', '36,06')),
      cell('城管局', '', '"城管局"', '"城""管\\局"', '供\t水'),
      cell('2024-05-06', '2024年5月6日', '', 'yesterday', '20240506'),
      cell('', '', '', 'a note', '"two\nlines"', '"unclosed', 'mid"dle', '\\N', '灯\u3000'),
    )
    .map((values) => values.join(','));
  const anyLine = fc.oneof(
    { weight: 12, arbitrary: row },
    cell('', 'one,two', ',,,,,,', 'a,b,c,d,e,f,g,h,,'),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyLine, { minLength: 1, maxLength: 40 }),
      fc.constantFrom('\n', '\r\n'),
      async (rows, end) => {
        const path = shop.write('parts.csv', [header, line(99), ...rows].join(end));
        const [bytes, general] = await Promise.allSettled([prepare(path, 'bytes'), prepare(path, 'general')]);
        expect(bytes).toEqual(general);
      },
    ),
    { numRuns: 60 },
  );
}, 60_000);

test('a decimal is read as `Number` reads it, or not at all', () => {
  fc.assert(
    fc.property(fc.oneof(fc.double().map(String), fc.stringMatching(/^-?\d{0,12}\.?\d{0,9}$/)), (text) => {
      const bytes = new TextEncoder().encode(text);
      const value = parseDecimal(bytes, 0, bytes.length);
      expect(Number.isNaN(value) || Object.is(value, Number(text))).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});
