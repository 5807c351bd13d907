import { expect, test } from 'vitest';
import type { RowError } from '#contract/imports';
import { toErrorsCsv } from './errors-csv.ts';

async function csvOf(errors: RowError[]): Promise<string> {
  async function* each() {
    yield* errors;
  }
  let text = '';
  for await (const piece of toErrorsCsv(each())) text += piece;
  return text;
}

const message = { zh: '不是日期', en: 'not a date' };

test('begins with the mark that spreadsheets look for', async () => {
  expect(await csvOf([])).toBe('\u{FEFF}line,field,reason,message_zh,message_en,value\r\n');
});

test('holds nothing that a spreadsheet calculates', async () => {
  const rows = await csvOf([
    { line: 2, field: 'note', reason: 'date', message, value: '=HYPERLINK("http://x","y")' },
    { line: 3, field: '@sum', reason: 'date', message, value: '-1+1' },
    { line: 4, field: 'note', reason: 'date', message, value: 'a,"b"\nc' },
  ]);
  expect(rows.split('\r\n').slice(1, 4)).toEqual([
    '2,note,date,不是日期,not a date,"\'=HYPERLINK(""http://x"",""y"")"',
    "3,'@sum,date,不是日期,not a date,'-1+1",
    '4,note,date,不是日期,not a date,"a,""b""\nc"',
  ]);
});
