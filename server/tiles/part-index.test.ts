import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Scope } from '#contract/access';
import { decodeTile } from '../../tests/support/decode-tile.ts';
import { PartColumns, Texts, type PartRow } from './part-columns.ts';
import { PartIndex } from './part-index.ts';
import { renderParts } from './render-parts.ts';
import { sortColumns } from './sort-columns.ts';
import { toLonLat, toWorld } from './world-position.ts';

const majors = new Map([
  ['P01001', '01'],
  ['P01002', '01'],
  ['P02001', '02'],
]);
const cells = ['620103001001001', '620103001001002', '620103002001001'].map((code, n) => ({
  code,
  ...toWorld({ lon: 103.76 + n / 1000, lat: 36.06 }),
  ...{ left: 0, top: 0, right: 0, bottom: 0 },
}));
const scopes: Scope[] = [
  { kind: 'district', code: '620103' },
  { kind: 'subdistrict', code: '620103001' },
  { kind: 'unit', code: 'water' },
];
const around = { z: 15, x: 25827, y: 12868 };

async function indexOf(rows: readonly PartRow[], room = 1000) {
  const texts = { prefixes: new Texts(), classes: new Texts(), cells: new Texts(), stewards: new Texts() };
  const columns = new PartColumns(Math.max(1, rows.length));
  for (const row of rows) columns.write(columns.count++, row, texts);
  return new PartIndex(await sortColumns(columns, room), texts, { majors, cells });
}

const lon = fc.double({ min: 103.7, max: 103.82, noNaN: true });
const lat = fc.double({ min: 36.02, max: 36.1, noNaN: true });
const part = fc.record({
  code: fc
    .integer({ min: 0, max: 60 })
    .map((n) => `620103${n % 2 ? '01001' : '02001'}${String(n).padStart(6, '0')}`),
  class: fc.constantFrom(...majors.keys()),
  state: fc.constantFrom('intact', 'damaged', 'missing', 'abandoned', 'removed'),
  cell: fc.constantFrom(...cells.map(({ code }) => code)),
  owner: fc.constantFrom('water', 'power', null),
  maintainer: fc.constantFrom('water', null),
  authority: fc.constantFrom('bureau', 'water'),
  lon,
  lat,
});
const distinct = (rows: PartRow[]) => [...new Map(rows.map((row) => [row.code, row])).values()];

function shown(index: PartIndex, z: number, scope: Scope) {
  const tile = { z, x: around.x >> (15 - z), y: around.y >> (15 - z) };
  return decodeTile(renderParts(index, tile, scope), 'parts')
    .map((feature) => JSON.stringify([Object.entries(feature.properties).sort(), feature.loadGeometry()]))
    .sort();
}

it('shows after any changes what it shows when it is made from their result', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(part, { maxLength: 50 }),
      fc.array(fc.array(part, { maxLength: 12 }), { maxLength: 6 }),
      async (first, changes) => {
        const now = new Map(distinct(first).map((row) => [row.code, row]));
        const index = await indexOf([...now.values()].filter(({ state }) => state !== 'removed'));
        for (const scope of scopes) index.totalsOf(scope);
        for (const change of changes) {
          const rows = distinct(change);
          expect(index.apply(rows)).toBe(true);
          for (const row of rows) now.set(row.code, row);
        }
        const kept = [...now.values()].filter(({ state }) => state !== 'removed');
        const fresh = await indexOf(kept);
        expect(index.count()).toBe(kept.length);
        for (const scope of scopes)
          for (const z of [10, 12, 13, 15]) expect(shown(index, z, scope)).toEqual(shown(fresh, z, scope));
      },
    ),
    { numRuns: 150 },
  );
});

it('shows single parts where they are, with their class and state, and nothing outside', async () => {
  const { x, y } = toWorld({ lon: 103.76, lat: 36.06 });
  const here = toLonLat({ x, y });
  const row: PartRow = {
    code: '62010301001000042',
    class: 'P01001',
    state: 'damaged',
    cell: cells[0]?.code ?? '',
    owner: null,
    maintainer: null,
    authority: 'bureau',
    ...here,
  };
  const index = await indexOf([row, { ...row, code: '62010301001000043', lon: 100 }]);
  const z = 15;
  const side = 2 ** (32 - z);
  const tile = { z, x: Math.floor(x / side), y: Math.floor(y / side) };
  const [feature, ...others] = decodeTile(renderParts(index, tile, { kind: 'district', code: '' }), 'parts');
  expect(others).toEqual([]);
  expect(feature?.properties).toEqual({ code: row.code, class: 'P01001', major: '01', state: 'damaged' });
  const [point] = feature?.loadGeometry()[0] ?? [];
  expect(point?.x).toBe(Math.round((x - tile.x * side) / (side / 4096)));
  expect(point?.y).toBe(Math.round((y - tile.y * side) / (side / 4096)));
});

it('thins what is intact where there are too many, and says so', async () => {
  const rows = Array.from({ length: 30_000 }, (_, n): PartRow => ({
    code: `62010301001${String(n).padStart(6, '0')}`,
    class: 'P01001',
    state: n % 100 === 0 ? 'missing' : 'intact',
    cell: cells[0]?.code ?? '',
    owner: null,
    maintainer: null,
    authority: 'bureau',
    lon: 103.7608 + (n % 200) / 1e6,
    lat: 36.0634 + Math.floor(n / 200) / 1e6,
  }));
  const index = await indexOf(rows);
  const { x, y } = toWorld({ lon: 103.7609, lat: 36.0635 });
  const tile = { z: 16, x: Math.floor(x / 2 ** 16), y: Math.floor(y / 2 ** 16) };
  const features = decodeTile(renderParts(index, tile, { kind: 'district', code: '' }), 'parts');
  // Of 30,000 that stay whose share is 8,000, and all that are not intact.
  expect(features.length).toBeGreaterThan(8_000);
  expect(features.length).toBeLessThan(8_500);
  expect(features.every(({ properties }) => properties.thinned === true)).toBe(true);
  expect(features.filter(({ properties }) => properties.state === 'missing')).toHaveLength(300);
});

it('says when there is no room for more', async () => {
  const index = await indexOf([], 1);
  const row = (n: number): PartRow => ({
    code: `6201030100100000${n}`,
    class: 'P01001',
    state: 'intact',
    cell: cells[0]?.code ?? '',
    owner: null,
    maintainer: null,
    authority: 'bureau',
    lon: 103,
    lat: 36,
  });
  expect(index.apply([row(1)])).toBe(true);
  expect(index.apply([row(2)])).toBe(false);
});
