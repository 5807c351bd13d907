import { joinNals, readDescription, splitNals, type AccessUnit, type CodecConfig } from './h264.ts';

/** Reading fragmented MP4: the video track's configuration and where its samples lie. */

export interface Fragment {
  /** Where `moof` starts and `mdat` ends, in bytes from the start of the buffer that was read. */
  start: number;
  end: number;
  samples: readonly Sample[];
}

export interface Sample {
  decodeTime: number;
  duration: number;
  composition: number;
  keyframe: boolean;
  offset: number;
  size: number;
}

interface Box {
  type: string;
  start: number;
  body: number;
  end: number;
}

/** The complete boxes between two offsets; a box torn at the end is left out. */
function boxesIn(bytes: Buffer, from: number, to: number): Box[] {
  const boxes: Box[] = [];
  let start = from;
  while (start + 8 <= to) {
    let size = bytes.readUInt32BE(start);
    let body = start + 8;
    if (size === 1 && start + 16 <= to) {
      size = Number(bytes.readBigUInt64BE(start + 8));
      body = start + 16;
    }
    if (size < body - start || start + size > to) break;
    boxes.push({ type: bytes.toString('latin1', start + 4, start + 8), start, body, end: start + size });
    start += size;
  }
  return boxes;
}

function childOf(bytes: Buffer, parent: Box | undefined, type: string, skip = 0): Box | undefined {
  return parent && boxesIn(bytes, parent.body + skip, parent.end).find((child) => child.type === type);
}

export interface Track {
  id: number;
  timescale: number;
  config: CodecConfig;
  lengthBytes: number;
  defaults: { duration: number; size: number; flags: number };
}

/** The first H.264 track. Throws RangeError when there is none or the boxes are broken. */
export function readTrack(bytes: Buffer): Track {
  const moov = boxesIn(bytes, 0, bytes.length).find((child) => child.type === 'moov');
  if (!moov) throw new RangeError('no moov box');
  const boxes = boxesIn(bytes, moov.body, moov.end);
  for (const trak of boxes.filter((child) => child.type === 'trak')) {
    const tkhd = childOf(bytes, trak, 'tkhd');
    const mdia = childOf(bytes, trak, 'mdia');
    const mdhd = childOf(bytes, mdia, 'mdhd');
    const stbl = childOf(bytes, childOf(bytes, mdia, 'minf'), 'stbl');
    const avc1 = childOf(bytes, childOf(bytes, stbl, 'stsd'), 'avc1', 8);
    const avcC = childOf(bytes, avc1, 'avcC', 78);
    if (!tkhd || !mdhd || !avcC) continue;
    const id = bytes.readUInt32BE(tkhd.body + (bytes[tkhd.body] === 1 ? 20 : 12));
    const timescale = bytes.readUInt32BE(mdhd.body + (bytes[mdhd.body] === 1 ? 20 : 12));
    const mvex = boxes.find((child) => child.type === 'mvex');
    const trex =
      mvex &&
      boxesIn(bytes, mvex.body, mvex.end).find(
        (child) => child.type === 'trex' && bytes.readUInt32BE(child.body + 4) === id,
      );
    const value = (index: number) => (trex ? bytes.readUInt32BE(trex.body + 12 + index * 4) : 0);
    const defaults = { duration: value(0), size: value(1), flags: value(2) };
    return { id, timescale, ...readDescription(bytes.subarray(avcC.body, avcC.end)), defaults };
  }
  throw new RangeError('no H.264 track');
}

const notSync = 0x10000;

function readTraf(bytes: Buffer, traf: Box, moofStart: number, track: Track): Sample[] | null {
  const tfhd = childOf(bytes, traf, 'tfhd');
  const tfdt = childOf(bytes, traf, 'tfdt');
  if (!tfhd || !tfdt || bytes.readUInt32BE(tfhd.body + 4) !== track.id) return null;
  const flags = bytes.readUIntBE(tfhd.body + 1, 3);
  let at = tfhd.body + 8;
  let base = moofStart;
  const defaults = { ...track.defaults };
  if (flags & 0x01) {
    base = Number(bytes.readBigUInt64BE(at));
    at += 8;
  }
  if (flags & 0x02) at += 4;
  for (const [bit, key] of [
    [0x08, 'duration'],
    [0x10, 'size'],
    [0x20, 'flags'],
  ] as const) {
    if (!(flags & bit)) continue;
    defaults[key] = bytes.readUInt32BE(at);
    at += 4;
  }
  let decodeTime =
    bytes[tfdt.body] === 1 ? Number(bytes.readBigUInt64BE(tfdt.body + 4)) : bytes.readUInt32BE(tfdt.body + 4);
  const samples: Sample[] = [];
  let offset = base;
  for (const trun of boxesIn(bytes, traf.body, traf.end).filter((child) => child.type === 'trun')) {
    const run = bytes.readUIntBE(trun.body + 1, 3);
    const signed = bytes[trun.body] === 1;
    let cursor = trun.body + 8;
    const next = () => bytes.readUInt32BE((cursor += 4) - 4);
    if (run & 0x01) offset = base + (next() | 0);
    const firstFlags = run & 0x04 ? next() : undefined;
    const count = bytes.readUInt32BE(trun.body + 4);
    for (let i = 0; i < count; i++) {
      const duration = run & 0x100 ? next() : defaults.duration;
      const size = run & 0x200 ? next() : defaults.size;
      let sampleFlags = run & 0x400 ? next() : defaults.flags;
      if (i === 0 && firstFlags !== undefined) sampleFlags = firstFlags;
      const raw = run & 0x800 ? next() : 0;
      const composition = signed ? raw | 0 : raw;
      samples.push({ decodeTime, duration, composition, keyframe: !(sampleFlags & notSync), offset, size });
      decodeTime += duration;
      offset += size;
    }
  }
  return samples;
}

/** The complete fragments of a file, in file order; a fragment torn at the end is left out. */
export function readFragments(bytes: Buffer, track: Track): Fragment[] {
  const fragments: Fragment[] = [];
  let moof: Box | undefined;
  for (const child of boxesIn(bytes, 0, bytes.length)) {
    if (child.type === 'moof') moof = child;
    if (child.type !== 'mdat' || !moof) continue;
    const { start } = moof;
    const trafs = boxesIn(bytes, moof.body, moof.end).filter((inner) => inner.type === 'traf');
    const samples = trafs.flatMap((traf) => readTraf(bytes, traf, start, track) ?? []);
    if (samples.some((sample) => sample.offset < child.body || sample.offset + sample.size > child.end)) {
      throw new RangeError('a sample lies outside its fragment');
    }
    fragments.push({ start, end: child.end, samples });
    moof = undefined;
  }
  return fragments;
}

/** The access units of a file written with time scale 1 MHz; `originMicros` is the UTC time of its media time zero. */
export function readUnits(bytes: Buffer, originMicros = 0): { config: CodecConfig; units: AccessUnit[] } {
  const track = readTrack(bytes);
  const toMicros = (time: number) => Math.round((time * 1_000_000) / track.timescale);
  const units = readFragments(bytes, track).flatMap((fragment) =>
    fragment.samples.map((sample) => {
      const raw = bytes.subarray(sample.offset, sample.offset + sample.size);
      return {
        atMicros: originMicros + toMicros(sample.decodeTime + sample.composition),
        compositionMicros: toMicros(sample.composition),
        keyframe: sample.keyframe,
        data: track.lengthBytes === 4 ? raw : joinNals(splitNals(raw, track.lengthBytes)),
      };
    }),
  );
  return { config: track.config, units };
}
