import { once } from 'node:events';
import exceljs from 'exceljs';
import { appError } from '../errors.ts';
import type { Feature } from './repository.ts';
import { cellsOf, headingsOf, type Wanted } from './write-text.ts';

/** 2^20 rows, one of them the headings. */
const MOST_ROWS = 1_048_575;
/** Letters a cell holds. */
const MOST_LETTERS = 32_767;

/**
 * A workbook with one sheet, written row by row. Texts are typed as texts, so that none is ever a formula.
 * @throws EXPORT_TOO_LARGE for more rows than a sheet holds
 */
export async function writeXlsx(
  pages: AsyncIterable<Feature[]>,
  wanted: Wanted,
  file: string,
): Promise<void> {
  const workbook = new exceljs.stream.xlsx.WorkbookWriter({
    filename: file,
    useStyles: true,
    useSharedStrings: false,
  });
  const sheet = workbook.addWorksheet(wanted.layer.title[wanted.language], {
    views: [{ state: 'frozen', ySplit: 1 }],
  });
  sheet.columns = headingsOf(wanted).map((header) => ({ header, width: Math.max(12, header.length * 2) }));
  sheet.getRow(1).font = { bold: true };
  sheet.getRow(1).commit();
  let rows = 0;
  for await (const page of pages) {
    rows += page.length;
    if (rows > MOST_ROWS) throw appError('EXPORT_TOO_LARGE', { format: 'xlsx', most: MOST_ROWS });
    for (const feature of page) {
      sheet
        .addRow(
          cellsOf(feature, wanted).map((value) =>
            typeof value === 'string' ? value.slice(0, MOST_LETTERS) : value,
          ),
        )
        .commit();
    }
    const out = streamOf(workbook);
    if (out.writableNeedDrain) await once(out, 'drain');
  }
  sheet.commit();
  await workbook.commit();
}

/** The file under the workbook, which its types leave out. */
function streamOf(workbook: object): NodeJS.WritableStream & { writableNeedDrain: boolean } {
  return (workbook as { stream: NodeJS.WritableStream & { writableNeedDrain: boolean } }).stream;
}
