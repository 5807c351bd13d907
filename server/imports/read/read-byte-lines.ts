import { open } from 'node:fs/promises';

export interface BytePiece {
  /** Used again for the next piece. */
  bytes: Uint8Array;
  /** Whole lines from here … */
  from: number;
  /** … to here. */
  to: number;
  /** Where in the file `bytes[0]` stands. */
  offset: number;
}

const PIECE_BYTES = 512 * 1024;
const NEWLINE = 10;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/**
 * A file in pieces of whole lines, each ending in a line feed but the last. Ends early, with an empty piece where it
 * stopped, at a line longer than a piece: that is nothing to be read line by line.
 */
export async function* readByteLines(path: string): AsyncGenerator<BytePiece> {
  const bytes = new Uint8Array(PIECE_BYTES * 2);
  const file = await open(path);
  try {
    let held = 0;
    let offset = 0;
    for (;;) {
      const { bytesRead } = await file.read(bytes, held, bytes.length - held, offset + held);
      const end = held + bytesRead;
      if (end === 0) return;
      const from = offset === 0 && BYTE_ORDER_MARK.every((byte, at) => bytes[at] === byte) ? 3 : 0;
      const to = bytesRead === 0 ? end : bytes.lastIndexOf(NEWLINE, end - 1) + 1;
      if (to <= from && bytesRead > 0 && end === bytes.length) {
        yield { bytes, from, to: from, offset };
        return;
      }
      if (to > from) {
        yield { bytes, from, to, offset };
        bytes.copyWithin(0, to, end);
        offset += to;
        held = end - to;
      } else held = end;
      if (bytesRead === 0) return;
    }
  } finally {
    await file.close();
  }
}
