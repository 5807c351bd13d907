import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { compareTable, readTable, writeTable, type Column, type Values } from './rule-table.ts';

const columns: readonly Column[] = [
  { name: 'id', kind: 'integer', optional: true },
  { name: 'name', kind: 'text' },
  { name: 'from', kind: 'day', optional: true },
  { name: 'urgent', kind: 'boolean', optional: true },
  { name: 'place', kind: ['carriageway', 'footway'], optional: true },
];
const read = (text: string) => readTable(columns, new TextEncoder().encode(text));

describe('reading', () => {
  it('takes what spreadsheets make of days and truth', () => {
    const { rows, errors } = read(
      'id,name,from,urgent\r\n1,井盖,2026/1/5,TRUE\n\n2,"a, b",2026-12-31,false\n',
    );
    expect(errors).toEqual([]);
    expect(rows).toEqual([
      { line: 2, values: { id: '1', name: '井盖', from: '2026-01-05', urgent: 'true' } },
      { line: 4, values: { id: '2', name: 'a, b', from: '2026-12-31', urgent: 'false' } },
    ]);
  });

  it('reads GB18030 when it is not UTF-8', () => {
    // 井盖 in GB18030.
    const bytes = Buffer.concat([Buffer.from('name\n'), Buffer.from([0xbe, 0xae, 0xb8, 0xc7])]);
    expect(readTable(columns, bytes).rows[0]?.values.name).toBe('井盖');
  });

  it('says line, field and reason, and leaves the broken rows out', () => {
    const { rows, errors } = read(
      'id,name,from,place\nx,a,,\n2,,,\n3,c,2026-02-30,\n4,d,,roof\n5,e\n6,f,,footway\n',
    );
    expect(errors.map(({ line, field }) => [line, field])).toEqual([
      [2, 'id'],
      [3, 'name'],
      [4, 'from'],
      [5, 'place'],
      [6, undefined],
    ]);
    expect(rows.map(({ values }) => values.id)).toEqual(['6']);
  });

  it('refuses other tables, broken quotes, and nothing', () => {
    for (const text of ['', 'id\n1\n', 'name,colour\na,b\n', 'name,name\na,b\n', 'name\n"a\n']) {
      expect(() => read(text), text).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }) as Error);
    }
  });
});

test('what is written is no formula, and is read back the same', () => {
  const text = fc
    .string({
      unit: fc.constantFrom('=', '+', '-', '@', "'", '"', ',', '\t', '\n', ' ', 'a', '井', '＝'),
      minLength: 1,
    })
    .filter((one) => one.trim() === one && one !== '');
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), (names) => {
      const rows: Values[] = names.map((name, index) => ({ id: String(index + 1), name }));
      const csv = writeTable(columns, rows);
      expect(csv.startsWith('\ufeffid,name,')).toBe(true);
      const back = read(csv);
      expect(back.errors).toEqual([]);
      expect(back.rows.map(({ values }) => values.name)).toEqual(names);
      const shown: unknown[][] = parse(csv, { bom: true });
      for (const cell of shown.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r＝＋－＠]/u);
    }),
  );
});

test('comparing tells new, changed, equal and missing rows; a column that is not there says nothing', () => {
  const known = new Map<string, Values>([
    ['1', { id: '1', name: 'a', urgent: 'true' }],
    ['2', { id: '2', name: 'b', urgent: 'true' }],
    ['3', { id: '3', name: 'c', urgent: 'true' }],
  ]);
  const { added, changed, unchanged, missing, errors } = compareTable(
    'id',
    columns,
    known,
    read('id,name\n1,a\n2,B\n9,x\n,y\n2,again\n').rows,
  );
  expect(added.map(({ line }) => line)).toEqual([4, 5]);
  expect(changed.map(({ row, fields }) => [row.line, fields])).toEqual([[3, ['name']]]);
  expect([unchanged, missing]).toEqual([1, ['3']]);
  expect(errors).toMatchObject([{ line: 6, field: 'id' }]);
});
