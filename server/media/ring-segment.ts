import { open, type FileHandle } from 'node:fs/promises';
import { encodeFragment, encodeInit } from './fmp4.ts';
import type { AccessUnit, CodecConfig } from './h264.ts';
import { readFragments, readTrack, type Track } from './read-fmp4.ts';

/** A segment file is an init segment and fragments whose media times are UTC microseconds, so it explains itself after a crash. */

export interface StoredFragment {
  offset: number;
  length: number;
  keyframe: boolean;
  fromMicros: number;
  toMicros: number;
}

/** Bytes of the fragment; the last unit's duration is a guess, its real one is the start of the next fragment. */
export function encodeStored(
  units: readonly AccessUnit[],
  sequence: number,
  lastDurationMicros: number,
): Buffer {
  return encodeFragment(units, { sequence, originMicros: 0, lastDurationMicros });
}

export function encodeSegmentHead(config: CodecConfig): Buffer {
  return encodeInit(config);
}

const ringTrack = (config: CodecConfig): Track => ({
  id: 1,
  timescale: 1_000_000,
  config,
  lengthBytes: 4,
  defaults: { duration: 0, size: 0, flags: 0 },
});

function unitsIn(bytes: Buffer, config: CodecConfig): AccessUnit[] {
  return readFragments(bytes, ringTrack(config)).flatMap((fragment) =>
    fragment.samples.map((sample) => ({
      atMicros: sample.decodeTime + sample.composition,
      compositionMicros: sample.composition,
      keyframe: sample.keyframe,
      data: bytes.subarray(sample.offset, sample.offset + sample.size),
    })),
  );
}

/** Reads one fragment back. Rejects with ENOENT when its file has been dropped meanwhile. */
export async function readStored(
  path: string,
  config: CodecConfig,
  stored: StoredFragment,
): Promise<AccessUnit[]> {
  const file = await open(path, 'r');
  try {
    const bytes = Buffer.alloc(stored.length);
    await file.read(bytes, 0, stored.length, stored.offset);
    return unitsIn(bytes, config);
  } finally {
    await file.close();
  }
}

async function readAt(file: FileHandle, offset: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await file.read(bytes, 0, length, offset);
  return bytes.subarray(0, bytesRead);
}

const maxHeadBytes = 4 * 1024 * 1024;

/**
 * Finds the whole fragments of a segment by its box headers, without reading the pictures. A tail torn by a crash is
 * left out; a file that is not a segment gives `null`.
 */
export async function scanSegment(
  path: string,
): Promise<{ config: CodecConfig; fragments: StoredFragment[] } | null> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const fragments: StoredFragment[] = [];
    let heads = Buffer.alloc(0);
    let config: CodecConfig | undefined;
    let moof: { bytes: Buffer; offset: number } | undefined;
    for (let offset = 0; offset + 8 <= size;) {
      const head = await readAt(file, offset, 8);
      const length = head.readUInt32BE(0);
      const type = head.toString('latin1', 4, 8);
      if (length < 8 || offset + length > size) break;
      if (type !== 'mdat' && length > maxHeadBytes) return null;
      if (type === 'ftyp' || type === 'moov')
        heads = Buffer.concat([heads, await readAt(file, offset, length)]);
      if (type === 'moov') config = readTrack(heads).config;
      if (type === 'moof') moof = { bytes: await readAt(file, offset, length), offset };
      if (type === 'mdat' && moof && config) {
        const padded = Buffer.alloc(moof.bytes.length + length);
        moof.bytes.copy(padded);
        head.copy(padded, moof.bytes.length);
        const units = unitsIn(padded, config);
        const times = units.map((unit) => unit.atMicros);
        fragments.push({
          offset: moof.offset,
          length: padded.length,
          keyframe: units[0]?.keyframe ?? false,
          fromMicros: Math.min(...times),
          toMicros: Math.max(...times),
        });
        moof = undefined;
      }
      offset += length;
    }
    return config && fragments.length > 0 ? { config, fragments } : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  } finally {
    await file.close();
  }
}
