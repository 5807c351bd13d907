import { type AccessUnit, type CodecConfig } from './h264.ts';

/** Writing fragmented MP4 (ISO/IEC 14496-12): one video track, time scale 1 MHz, one fragment per call. */

export const microsPerSecond = 1_000_000;

function box(type: string, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
}

function u32(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeUInt32BE(value >>> 0, index * 4));
  return bytes;
}

function u16(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  values.forEach((value, index) => bytes.writeUInt16BE(value, index * 2));
  return bytes;
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

const unityMatrix = u32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);

/** `ftyp` + `moov` without samples. */
export function encodeInit(config: CodecConfig): Buffer {
  const { width, height } = config;
  const sampleEntry = box(
    'avc1',
    u32(0),
    u16(0, 1),
    Buffer.alloc(16),
    u16(width, height),
    u32(0x480000, 0x480000, 0),
    u16(1),
    Buffer.alloc(32),
    u16(0x18, 0xffff),
    box('avcC', config.description),
  );
  const tables = box(
    'stbl',
    box('stsd', u32(0, 1), sampleEntry),
    box('stts', u32(0, 0)),
    box('stsc', u32(0, 0)),
    box('stsz', u32(0, 0, 0)),
    box('stco', u32(0, 0)),
  );
  const handler = box('hdlr', u32(0, 0), Buffer.from('vide'), u32(0, 0, 0), Buffer.from('video\0'));
  const media = box(
    'mdia',
    box('mdhd', u32(0, 0, 0, microsPerSecond, 0), u16(0x55c4, 0)),
    handler,
    box('minf', box('vmhd', u32(1, 0, 0)), box('dinf', box('dref', u32(0, 1), box('url ', u32(1)))), tables),
  );
  const track = box(
    'trak',
    box(
      'tkhd',
      u32(3, 0, 0, 1, 0, 0, 0, 0),
      u16(0, 0, 0, 0),
      unityMatrix,
      u32(width * 65536, height * 65536),
    ),
    media,
  );
  const movie = box(
    'moov',
    box(
      'mvhd',
      u32(0, 0, 0, microsPerSecond, 0, 0x10000),
      u16(0x100, 0),
      u32(0, 0),
      unityMatrix,
      Buffer.alloc(24),
      u32(2),
    ),
    track,
    box('mvex', box('trex', u32(0, 1, 1, 0, 0, 0))),
  );
  return Buffer.concat([box('ftyp', Buffer.from('iso5'), u32(512), Buffer.from('iso5iso6mp41')), movie]);
}

const syncSample = 0x02000000;
const otherSample = 0x01010000;

/**
 * `moof` + `mdat` of consecutive access units. `originMicros` is the UTC time of media time zero; `lastDurationMicros`
 * stands for the last unit, whose successor is not known yet. Throws RangeError for units before the origin.
 */
export function encodeFragment(
  units: readonly AccessUnit[],
  options: { sequence: number; originMicros: number; lastDurationMicros: number },
): Buffer {
  const first = units[0];
  if (!first) throw new RangeError('a fragment needs an access unit');
  const decodeAt = (unit: AccessUnit) => unit.atMicros - unit.compositionMicros;
  const samples = Buffer.alloc(units.length * 16);
  units.forEach((unit, index) => {
    const next = units[index + 1];
    const duration = next ? decodeAt(next) - decodeAt(unit) : options.lastDurationMicros;
    samples.writeUInt32BE(Math.max(0, duration), index * 16);
    samples.writeUInt32BE(unit.data.length, index * 16 + 4);
    samples.writeUInt32BE(unit.keyframe ? syncSample : otherSample, index * 16 + 8);
    samples.writeInt32BE(unit.compositionMicros, index * 16 + 12);
  });
  const runHead = (dataOffset: number) => box('trun', u32(0x01000f01, units.length, dataOffset), samples);
  const build = (dataOffset: number) =>
    box(
      'moof',
      box('mfhd', u32(0, options.sequence)),
      box(
        'traf',
        box('tfhd', u32(0x020000, 1)),
        box('tfdt', u32(0x01000000), u64(decodeAt(first) - options.originMicros)),
        runHead(dataOffset),
      ),
    );
  const moof = build(build(0).length + 8);
  const data = units.map((unit) => unit.data);
  return Buffer.concat([moof, box('mdat', ...data)]);
}

const ntpEpochOffsetSeconds = 2_208_988_800;

/** `prft`: says in the file itself at which UTC time its media time zero was (ISO/IEC 14496-12 §8.16.5). */
function encodeProducerTime(originMicros: number): Buffer {
  const seconds = Math.floor(originMicros / microsPerSecond);
  const fraction = Math.floor(((originMicros % microsPerSecond) / microsPerSecond) * 2 ** 32);
  return box('prft', u32(0x01000000, 1, seconds + ntpEpochOffsetSeconds, fraction), u64(0));
}

/** A whole playable file that starts at its first unit, with that unit's UTC time in a `prft` box. */
export function encodeClip(
  config: CodecConfig,
  units: readonly AccessUnit[],
  lastDurationMicros: number,
): Buffer {
  const first = units[0];
  if (!first) throw new RangeError('a clip needs an access unit');
  const originMicros = Math.min(...units.map((unit) => unit.atMicros - unit.compositionMicros));
  const parts = [encodeInit(config), encodeProducerTime(originMicros)];
  let start = 0;
  let sequence = 1;
  for (let i = 1; i <= units.length; i++) {
    if (i < units.length && !units[i]?.keyframe) continue;
    const next = units[i];
    const last = units[i - 1];
    const gap =
      next && last ? next.atMicros - next.compositionMicros - (last.atMicros - last.compositionMicros) : 0;
    parts.push(
      encodeFragment(units.slice(start, i), {
        sequence: sequence++,
        originMicros,
        lastDurationMicros: next ? gap : lastDurationMicros,
      }),
    );
    start = i;
  }
  return Buffer.concat(parts);
}
