import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRecords } from './read-records.ts';

async function read(text: string, cuts: number[] = [], delimiter = ',') {
  const ends = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((a, b) => a - b);
  async function* pieces() {
    let from = 0;
    for (const to of [...ends, text.length]) {
      if (to > from) yield { text: text.slice(from, to), bytesRead: to };
      from = Math.max(from, to);
    }
  }
  const lines: number[] = [];
  const cells: string[][] = [];
  for await (const records of readRecords(pieces(), delimiter)) {
    lines.push(...records.lines);
    cells.push(...records.cells);
  }
  return { lines, cells };
}

describe('records of delimited text', () => {
  it('reads what csv-parse reads, however the text is cut', async () => {
    const cell = fc.oneof(
      fc.constantFrom('', 'a', '井盖', '103.5', 'x y'),
      fc
        .array(fc.constantFrom('a', '"', ',', '\n', '井'), { maxLength: 6 })
        .map((letters) => letters.join('')),
    );
    const row = fc
      .array(cell, { minLength: 2, maxLength: 4 })
      .map((cells) =>
        cells.map((text) => (/["\n,]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join(','),
      );
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 12 }),
        fc.constantFrom('\n', '\r\n'),
        fc.array(fc.nat(), { maxLength: 5 }),
        async (rows, lineEnd, cuts) => {
          const text = rows.join(lineEnd) + lineEnd;
          const wanted: string[][] = parse(text, { relax_column_count: true, skip_empty_lines: true });
          expect((await read(text, cuts)).cells).toEqual(wanted);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('counts the line a record starts on, over empty lines and line breaks in quotes', async () => {
    const { lines, cells } = await read('a,b\n\n1,2\n"x\ny",3\n4,5\n"p ""q""",6\n');
    expect(cells).toEqual([
      ['a', 'b'],
      ['1', '2'],
      ['x\ny', '3'],
      ['4', '5'],
      ['p "q"', '6'],
    ]);
    expect(lines).toEqual([1, 3, 4, 6, 7]);
  });

  it('says where a quotation mark was opened that never closes', async () => {
    await expect(read('a,b\n1,2\n"3,4\n5,6\n')).rejects.toMatchObject({
      code: 'IMPORT_BROKEN_FILE',
      details: { line: 3 },
    });
  });

  it('refuses a line of more than four million characters', async () => {
    await expect(read(`a,b\n${'x'.repeat(5_000_000)},1\n`)).rejects.toMatchObject({
      code: 'IMPORT_LINE_TOO_LONG',
      details: { line: 2 },
    });
  });
});
