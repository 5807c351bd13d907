import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { appError } from '../errors.ts';

/** Largest file an import takes, packed or not. */
export const UPLOAD_LIMIT_BYTES = 4 * 1024 ** 3;

export function uploadsFolder(dataDir: string): string {
  return join(dataDir, 'uploads');
}

export function uploadPath(dataDir: string, id: string): string {
  return join(uploadsFolder(dataDir), id);
}

/**
 * Writes an upload to the data folder as it comes. Of one that breaks off, is too large or finds the disk full nothing
 * stays.
 * @throws TOO_LARGE, DISK_FULL
 */
export async function storeUpload(
  dataDir: string,
  id: string,
  stream: Readable,
): Promise<{ sha256: string; sizeBytes: number }> {
  await mkdir(uploadsFolder(dataDir), { recursive: true, mode: 0o700 });
  const path = uploadPath(dataDir, id);
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sizeBytes += chunk.length;
      hash.update(chunk);
      done(
        sizeBytes > UPLOAD_LIMIT_BYTES ? appError('TOO_LARGE', { limitBytes: UPLOAD_LIMIT_BYTES }) : null,
        chunk,
      );
    },
  });
  try {
    await pipeline(stream, measure, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    // What the multipart parser cuts off at its own limit ends like a whole file.
    if ('truncated' in stream && stream.truncated)
      throw appError('TOO_LARGE', { limitBytes: UPLOAD_LIMIT_BYTES });
  } catch (error) {
    await rm(path, { force: true });
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') throw appError('DISK_FULL');
    throw error;
  }
  return { sha256: hash.digest('hex'), sizeBytes };
}

export async function removeUpload(dataDir: string, id: string): Promise<void> {
  await rm(uploadPath(dataDir, id), { force: true });
}

/** A file nobody knows of is an upload that is coming in, unless nothing came for so long. */
const SILENT_MS = 10 * 60_000;

/** Deletes files that a killed process left, before their upload was complete. */
export async function removeBrokenUploads(dataDir: string, known: ReadonlySet<string>): Promise<void> {
  let names: string[];
  try {
    names = await readdir(uploadsFolder(dataDir));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
    throw error;
  }
  for (const name of names.filter((one) => !known.has(one))) {
    const { mtimeMs } = await stat(uploadPath(dataDir, name));
    if (Date.now() - mtimeMs > SILENT_MS) await removeUpload(dataDir, name);
  }
}
