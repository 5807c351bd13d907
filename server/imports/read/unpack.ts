import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm, statfs } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { appError } from '../../errors.ts';
import { limits } from './limits.ts';

/**
 * Unpacks a gzip file into the folder. @throws IMPORT_BROKEN_FILE (cut off), IMPORT_ARCHIVE_REFUSED (a bomb)
 */
export async function unpackGzip(path: string, packedBytes: number, target: string): Promise<void> {
  try {
    await pipeline(
      createReadStream(path),
      createGunzip(),
      guard(packedBytes, target),
      createWriteStream(target),
    );
  } catch (error) {
    await rm(target, { force: true });
    throw asAppError(error);
  }
}

/** An entry of a zip that was unpacked: its name inside, and where it lies now. */
export interface UnpackedEntry {
  name: string;
  path: string;
}

/** What belongs to a file that can be imported; the rest of an archive stays packed. */
const WANTED = /\.(shp|shx|dbf|prj|cpg|qix|csv|tsv|txt|json|geojson|geojsonl|ndjson|jsonl|gpkg|osm|pbf)$/i;

/**
 * Unpacks what can be imported out of a zip. Names only serve to tell the files apart: each is written under its plain
 * name in a folder of its own number, so no name leads out of the folder.
 *
 * @throws IMPORT_BROKEN_FILE, IMPORT_ARCHIVE_REFUSED (too many entries, too large, packed too tightly, encrypted)
 */
export async function unpackZip(path: string, packedBytes: number, folder: string): Promise<UnpackedEntry[]> {
  let zip: ZipFile;
  try {
    zip = await openPromise(path, { autoClose: false, decodeStrings: false, validateEntrySizes: true });
  } catch (error) {
    throw asAppError(error);
  }
  try {
    if (zip.entryCount > limits.zipEntries)
      throw refuse('TOO_MANY_ENTRIES', { entries: zip.entryCount, limit: limits.zipEntries });
    const entries: { entry: Entry; name: string }[] = [];
    let declared = 0;
    for await (const entry of zip.eachEntry()) {
      const name = decodeName(entry);
      if (name.endsWith('/') || name.includes('__MACOSX/') || !WANTED.test(name)) continue;
      if (entry.generalPurposeBitFlag & 1) throw refuse('ENCRYPTED', { entry: name });
      declared += entry.uncompressedSize;
      entries.push({ entry, name });
    }
    checkDeclared(declared, packedBytes);
    await checkSpace(folder, declared);
    const unpacked: UnpackedEntry[] = [];
    for (const { entry, name } of entries) unpacked.push(await unpackEntry(zip, entry, name, folder));
    return unpacked;
  } catch (error) {
    throw asAppError(error);
  } finally {
    zip.close();
  }
}

async function unpackEntry(zip: ZipFile, entry: Entry, name: string, folder: string): Promise<UnpackedEntry> {
  // Files of one shapefile share their folder inside the archive; the name of that folder becomes harmless.
  const inside = name.replaceAll('\\', '/').split('/');
  const plain = inside.pop()!.replace(/[^\p{L}\p{N}._-]/gu, '_');
  const holder = join(folder, `in-${hash(inside.join('/'))}`);
  await mkdir(holder, { recursive: true });
  const extension = extname(plain);
  const target = join(holder, basename(plain, extension) + extension.toLowerCase());
  const stream = await zip.openReadStreamPromise(entry);
  await pipeline(stream, guard(entry.compressedSize, target), createWriteStream(target));
  return { name: [...inside, plain].join('/'), path: target };
}

/** Names are UTF-8 where the entry says so, else UTF-8 if they happen to be, else GB 18030 as Chinese Windows writes. */
function decodeName(entry: Entry): string {
  const raw = entry.fileName as unknown as Buffer; // bytes, because names are not decoded on opening
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(raw);
  } catch {
    return new TextDecoder('gb18030').decode(raw);
  }
}

function hash(text: string): string {
  let value = 0;
  for (let i = 0; i < text.length; i++) value = (Math.imul(value, 31) + text.charCodeAt(i)) | 0;
  return (value >>> 0).toString(36);
}

function checkDeclared(declared: number, packedBytes: number): void {
  if (declared > limits.textBytes)
    throw refuse('TOO_LARGE', { bytes: declared, limitBytes: limits.textBytes });
  if (declared > limits.ratioFreeBytes && declared > packedBytes * limits.unpackRatio)
    throw refuse('PACKED_TOO_TIGHTLY', { bytes: declared, limitRatio: limits.unpackRatio });
}

/** Leaves a tenth of the disk free. */
async function checkSpace(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize, blocks } = await statfs(folder);
  if (bytes > bavail * bsize - (blocks * bsize) / 10)
    throw refuse('DISK_FULL', { bytes, freeBytes: bavail * bsize });
}

/** Counts what comes out, whatever the archive claims. */
function guard(packedBytes: number, target: string): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > limits.textBytes)
        done(refuse('TOO_LARGE', { entry: basename(target), limitBytes: limits.textBytes }));
      else if (bytes > limits.ratioFreeBytes && bytes > packedBytes * limits.unpackRatio)
        done(refuse('PACKED_TOO_TIGHTLY', { entry: basename(target), limitRatio: limits.unpackRatio }));
      else done(null, chunk);
    },
  });
}

function refuse(reason: string, details: Record<string, unknown>) {
  return appError('IMPORT_ARCHIVE_REFUSED', { reason, ...details });
}

/** What zlib and yauzl say about damaged bytes. */
function asAppError(error: unknown): unknown {
  if (!(error instanceof Error) || error.name === 'AppError' || 'status' in error) return error;
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string' && /^E[A-Z]+$/.test(code)) return error;
  return appError('IMPORT_BROKEN_FILE', { reason: 'ARCHIVE', message: error.message });
}
