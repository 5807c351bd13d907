import type { RowError } from '#contract/imports';

const COLUMNS = ['line', 'field', 'reason', 'message_zh', 'message_en', 'value'];
const BYTE_ORDER_MARK = '\u{FEFF}';

/** Row errors as CSV for a spreadsheet: UTF-8 with its mark, and no cell that a spreadsheet would calculate. */
export async function* toErrorsCsv(errors: AsyncIterable<RowError>): AsyncGenerator<string> {
  yield `${BYTE_ORDER_MARK}${COLUMNS.join(',')}\r\n`;
  for await (const { line, field, reason, message, value } of errors) {
    const cells = [field, reason, message.zh, message.en, value ?? ''].map(toCell);
    yield `${line},${cells.join(',')}\r\n`;
  }
}

/** Text that begins like a formula gets an apostrophe in front, as spreadsheets themselves write it. */
function toCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
