/** What the boxes of a fragmented MP4 say; nothing is decoded. */
export interface ClipFacts {
  codec: string;
  width: number;
  height: number;
  tracks: number;
  fragments: number;
  seconds: number;
  fragmentsStartWithKeyframe: boolean;
  /** some picture is shown at another time than it is decoded */
  reordered: boolean;
}

interface Box {
  type: string;
  body: Buffer;
}

const CONTAINERS = ['moov', 'trak', 'mdia', 'minf', 'stbl', 'moof', 'traf'];

export function readClipFacts(bytes: Buffer): ClipFacts {
  const boxes = [...walk(bytes)];
  const all = (type: string): Buffer[] => boxes.filter((box) => box.type === type).map(({ body }) => body);
  const [first] = all('stsd');
  const [mdhd] = all('mdhd');
  if (!first || !mdhd) throw new Error('no track');
  const timescale = mdhd.readUInt32BE(mdhd.readUInt8(0) === 1 ? 20 : 12);
  // full box header and count, then the entry: size, type, 6 + 2 + 16 bytes, width, height
  const entry = first.subarray(8);
  const headers = all('tfhd').map(readDefaults);
  const runs = all('trun').map((run, index) => readRun(run, headers[index] ?? {}));
  return {
    codec: entry.toString('latin1', 4, 8),
    width: entry.readUInt16BE(32),
    height: entry.readUInt16BE(34),
    tracks: all('trak').length,
    fragments: all('moof').length,
    seconds: runs.reduce((sum, run) => sum + run.duration, 0) / timescale,
    fragmentsStartWithKeyframe: runs.every((run) => run.startsWithKeyframe),
    reordered: runs.some((run) => run.reordered),
  };
}

function* walk(bytes: Buffer): Generator<Box> {
  for (let at = 0; at + 8 <= bytes.length;) {
    const size = bytes.readUInt32BE(at);
    if (size < 8) return;
    const type = bytes.toString('latin1', at + 4, at + 8);
    const body = bytes.subarray(at + 8, at + size);
    yield { type, body };
    if (CONTAINERS.includes(type)) yield* walk(body);
    at += size;
  }
}

interface Defaults {
  duration?: number;
  flags?: number;
}

/** tfhd: optional fields in the order of their flags (ISO/IEC 14496-12). */
function readDefaults(tfhd: Buffer): Defaults {
  const flags = tfhd.readUInt32BE(0) & 0xffffff;
  let at = 8;
  if (flags & 0x1) at += 8;
  if (flags & 0x2) at += 4;
  const found: Defaults = {};
  if (flags & 0x8) {
    found.duration = tfhd.readUInt32BE(at);
    at += 4;
  }
  if (flags & 0x10) at += 4;
  if (flags & 0x20) found.flags = tfhd.readUInt32BE(at);
  return found;
}

function readRun(
  trun: Buffer,
  defaults: Defaults,
): { duration: number; startsWithKeyframe: boolean; reordered: boolean } {
  const flags = trun.readUInt32BE(0) & 0xffffff;
  const count = trun.readUInt32BE(4);
  let at = 8;
  if (flags & 0x1) at += 4;
  let firstFlags = defaults.flags ?? 0;
  if (flags & 0x4) {
    firstFlags = trun.readUInt32BE(at);
    at += 4;
  }
  let duration = 0;
  let reordered = false;
  for (let sample = 0; sample < count; sample++) {
    if (flags & 0x100) {
      duration += trun.readUInt32BE(at);
      at += 4;
    } else duration += defaults.duration ?? 0;
    if (flags & 0x200) at += 4;
    if (flags & 0x400) {
      if (sample === 0) firstFlags = trun.readUInt32BE(at);
      at += 4;
    }
    if (flags & 0x800) {
      if (trun.readInt32BE(at) !== 0) reordered = true;
      at += 4;
    }
  }
  // sample_is_non_sync_sample
  return { duration, startsWithKeyframe: (firstFlags & 0x10000) === 0, reordered };
}
