import { createReadStream } from 'node:fs';
import { isUtf8 } from 'node:buffer';

export interface TextEncodingFound {
  name: 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'windows-1252';
  /** Nothing in the file says so: it is not UTF-8 and the bytes make sense this way. */
  guessed: boolean;
}

/**
 * Encoding of a text file. A byte order mark decides; without one every byte of the file is held against strict UTF-8
 * (about 1 GB/s), because a register in GB 18030 may have its first Chinese name on its last line. What is neither
 * becomes Windows-1252, in which every byte means something.
 */
export async function detectEncoding(path: string): Promise<TextEncodingFound> {
  const head = await readHead(path, 4096);
  if (head[0] === 0xff && head[1] === 0xfe) return { name: 'utf-16le', guessed: false };
  if (head[0] === 0xfe && head[1] === 0xff) return { name: 'utf-16be', guessed: false };
  const unmarked = looksLikeUtf16(head);
  if (unmarked) return { name: unmarked, guessed: true };
  if (await isWholeFileUtf8(path)) return { name: 'utf-8', guessed: false };
  if (await decodesAs(path, 'gb18030')) return { name: 'gb18030', guessed: true };
  return { name: 'windows-1252', guessed: true };
}

export async function readHead(path: string, bytes: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of createReadStream(path, { end: bytes - 1 })) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

function looksLikeUtf16(head: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  let evenZeros = 0;
  let oddZeros = 0;
  for (let i = 0; i + 1 < head.length; i += 2) {
    if (head[i] === 0) evenZeros++;
    if (head[i + 1] === 0) oddZeros++;
  }
  const pairs = head.length / 2;
  if (oddZeros > pairs * 0.3 && evenZeros === 0) return 'utf-16le';
  if (evenZeros > pairs * 0.3 && oddZeros === 0) return 'utf-16be';
  return undefined;
}

async function isWholeFileUtf8(path: string): Promise<boolean> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) {
    const bytes: Buffer = rest.length ? Buffer.concat([rest, piece as Buffer]) : (piece as Buffer);
    const end = lastWholeCharacter(bytes);
    if (!isUtf8(bytes.subarray(0, end))) return false;
    rest = bytes.subarray(end);
  }
  return rest.length === 0;
}

/** Length of the bytes without a character that may still be incomplete at the end. */
function lastWholeCharacter(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return back < length ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}

async function decodesAs(path: string, encoding: string): Promise<boolean> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 }))
      decoder.decode(piece as Buffer, { stream: true });
    decoder.decode();
    return true;
  } catch {
    return false;
  }
}
