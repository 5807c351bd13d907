import { expect, test } from 'vitest';
import { assignInCopyText, assignInJson } from './assign-cells.ts';
import { buildCellIndex } from './cell-index.ts';

function pointHex(lon: number, lat: number): string {
  const point = Buffer.alloc(25);
  point.writeUInt8(1, 0);
  point.writeUInt32LE(0x20000001, 1);
  point.writeUInt32LE(4326, 5);
  point.writeDoubleLE(lon, 9);
  point.writeDoubleLE(lat, 17);
  return point.toString('hex').toUpperCase();
}

const index = buildCellIndex([
  { code: '620103001001001', rings: [Float64Array.from([103, 36, 104, 36, 104, 37, 103, 37, 103, 36])] },
]);
const inside = pointHex(103.5, 36.5);
const outside = pointHex(105, 36.5);

test('COPY text gets a column with the code, or null outside every cell', () => {
  const text = Buffer.from(`2\t灯\\t柱\t${inside}\n3\t\\N\t${outside}\n`);
  expect(Buffer.from(assignInCopyText(text, index)).toString('utf8')).toBe(
    `2\t灯\\t柱\t${inside}\t620103001001001\n3\t\\N\t${outside}\t\\N\n`,
  );
  expect(assignInCopyText(new Uint8Array(), index)).toHaveLength(0);
});

test('JSON rows get an element more', () => {
  const rows = [
    [2, '灯', inside.toLowerCase()],
    [3, null, outside],
  ];
  expect(JSON.parse(Buffer.from(assignInJson(Buffer.from(JSON.stringify(rows)), index)).toString())).toEqual([
    [2, '灯', inside.toLowerCase(), '620103001001001'],
    [3, null, outside, null],
  ]);
});
