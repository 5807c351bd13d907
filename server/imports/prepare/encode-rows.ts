/** Gathers good rows and turns them into what the database loads. */
export interface RowEncoder {
  rows: number;
  add(line: number, values: (string | null)[], geometry: string): void;
  take(): Uint8Array;
}

const NEEDS_ESCAPE = /[\\\n\r\t]/;
const escapes: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Text of PostgreSQL's COPY (`copy`), or an array of arrays (`json`); columns: line, values, geometry. */
export function makeEncoder(form: 'copy' | 'json'): RowEncoder {
  return form === 'copy' ? makeCopyEncoder() : makeJsonEncoder();
}

function makeCopyEncoder(): RowEncoder {
  let text = '';
  return {
    rows: 0,
    add(line, values, geometry) {
      let row = `${line}`;
      for (let i = 0; i < values.length; i++) {
        const value = values[i]!;
        if (value === null) row += '\t\\N';
        else if (NEEDS_ESCAPE.test(value)) row += `\t${value.replace(/[\\\n\r\t]/g, (one) => escapes[one]!)}`;
        else row += `\t${value}`;
      }
      text += `${row}\t${geometry}\n`;
      this.rows++;
    },
    take() {
      const bytes = ownBytes(text);
      text = '';
      this.rows = 0;
      return bytes;
    },
  };
}

function makeJsonEncoder(): RowEncoder {
  let pieces: string[] = [];
  return {
    rows: 0,
    add(line, values, geometry) {
      pieces.push(JSON.stringify([line, ...values, geometry]));
      this.rows++;
    },
    take() {
      const bytes = ownBytes(`[${pieces.join(',')}]`);
      pieces = [];
      this.rows = 0;
      return bytes;
    },
  };
}

/** Bytes in a buffer of their own, so that they can be handed to another thread without a copy. */
function ownBytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
