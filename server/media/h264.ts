/** H.264 bit stream pieces: parameter sets, AVCC packaging (ISO/IEC 14496-15) and the codec string of RFC 6381. */

/** How the pictures of a stream are coded; `description` is an AVCDecoderConfigurationRecord with 4-byte lengths. */
export interface CodecConfig {
  codec: string;
  description: Buffer;
  width: number;
  height: number;
}

/** One coded picture. Times are UTC microseconds, whole milliseconds; `compositionMicros` is presentation minus decode time. */
export interface AccessUnit {
  atMicros: number;
  compositionMicros: number;
  keyframe: boolean;
  /** NAL units, each behind a 4-byte big-endian length. */
  data: Buffer;
}

export const nalType = { idr: 5, sps: 7, pps: 8 } as const;

/** The NAL units of an AVCC access unit; stops quietly at a torn tail. */
export function splitNals(data: Buffer, lengthBytes = 4): Buffer[] {
  const nals: Buffer[] = [];
  let offset = 0;
  while (offset + lengthBytes <= data.length) {
    const length = data.readUIntBE(offset, lengthBytes);
    const start = offset + lengthBytes;
    if (length === 0 || start + length > data.length) break;
    nals.push(data.subarray(start, start + length));
    offset = start + length;
  }
  return nals;
}

export function joinNals(nals: readonly Buffer[]): Buffer {
  const parts: Buffer[] = [];
  for (const nal of nals) {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(nal.length);
    parts.push(length, nal);
  }
  return Buffer.concat(parts);
}

export function typeOfNal(nal: Buffer): number {
  return (nal[0] ?? 0) & 0x1f;
}

class BitReader {
  private readonly bytes: Buffer;
  private position = 0;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  bits(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++) {
      const byte = this.bytes[this.position >> 3];
      if (byte === undefined) throw new RangeError('parameter set ends early');
      value = value * 2 + ((byte >> (7 - (this.position & 7))) & 1);
      this.position++;
    }
    return value;
  }

  unsignedGolomb(): number {
    let zeros = 0;
    while (this.bits(1) === 0) {
      if (++zeros > 31) throw new RangeError('broken Exp-Golomb code');
    }
    return 2 ** zeros - 1 + this.bits(zeros);
  }

  signedGolomb(): number {
    const code = this.unsignedGolomb();
    return code % 2 === 0 ? -code / 2 : (code + 1) / 2;
  }
}

function withoutEmulationPrevention(nal: Buffer): Buffer {
  const bytes: number[] = [];
  for (let i = 0; i < nal.length; i++) {
    if (i >= 2 && nal[i] === 3 && nal[i - 1] === 0 && nal[i - 2] === 0) continue;
    bytes.push(nal[i] ?? 0);
  }
  return Buffer.from(bytes);
}

const profilesWithChroma = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]);

function skipScalingLists(reader: BitReader, count: number): void {
  for (let list = 0; list < count; list++) {
    if (reader.bits(1) === 0) continue;
    let last = 8;
    let next = 8;
    for (let i = 0; i < (list < 6 ? 16 : 64); i++) {
      if (next !== 0) next = (last + reader.signedGolomb() + 256) % 256;
      if (next !== 0) last = next;
    }
  }
}

/** Picture size after cropping (ITU-T H.264 §7.3.2.1.1). Throws RangeError when the set is broken. */
export function readPictureSize(sps: Buffer): { width: number; height: number } {
  const reader = new BitReader(withoutEmulationPrevention(sps.subarray(1)));
  const profile = reader.bits(8);
  reader.bits(16);
  reader.unsignedGolomb();
  let chroma = 1;
  let separatePlanes = 0;
  if (profilesWithChroma.has(profile)) {
    chroma = reader.unsignedGolomb();
    if (chroma === 3) separatePlanes = reader.bits(1);
    reader.unsignedGolomb();
    reader.unsignedGolomb();
    reader.bits(1);
    if (reader.bits(1) === 1) skipScalingLists(reader, chroma === 3 ? 12 : 8);
  }
  reader.unsignedGolomb();
  const orderType = reader.unsignedGolomb();
  if (orderType === 0) reader.unsignedGolomb();
  else if (orderType === 1) {
    reader.bits(1);
    reader.signedGolomb();
    reader.signedGolomb();
    const cycle = reader.unsignedGolomb();
    for (let i = 0; i < Math.min(cycle, 255); i++) reader.signedGolomb();
  }
  reader.unsignedGolomb();
  reader.bits(1);
  const widthInBlocks = reader.unsignedGolomb() + 1;
  const heightInUnits = reader.unsignedGolomb() + 1;
  const framesOnly = reader.bits(1);
  if (framesOnly === 0) reader.bits(1);
  reader.bits(1);
  let crop = { left: 0, right: 0, top: 0, bottom: 0 };
  if (reader.bits(1) === 1) {
    const left = reader.unsignedGolomb();
    const right = reader.unsignedGolomb();
    const top = reader.unsignedGolomb();
    crop = { left, right, top, bottom: reader.unsignedGolomb() };
  }
  const grey = chroma === 0 || separatePlanes === 1;
  const cropX = grey || chroma === 3 ? 1 : 2;
  const cropY = (grey || chroma !== 1 ? 1 : 2) * (2 - framesOnly);
  const width = widthInBlocks * 16 - (crop.left + crop.right) * cropX;
  const height = heightInUnits * 16 * (2 - framesOnly) - (crop.top + crop.bottom) * cropY;
  if (width < 2 || height < 2 || width > 16384 || height > 16384)
    throw new RangeError('implausible picture size');
  return { width, height };
}

/** Throws RangeError when the parameter sets cannot be read. */
export function configFromSets(spsList: readonly Buffer[], ppsList: readonly Buffer[]): CodecConfig {
  const sps = spsList[0];
  if (!sps || sps.length < 4 || ppsList.length === 0) throw new RangeError('parameter sets are missing');
  const size = readPictureSize(sps);
  const head = [1, sps[1] ?? 0, sps[2] ?? 0, sps[3] ?? 0, 0xff, 0xe0 | spsList.length];
  const parts: Buffer[] = [Buffer.from(head)];
  const put = (nal: Buffer) => {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(nal.length);
    parts.push(length, nal);
  };
  spsList.forEach(put);
  parts.push(Buffer.from([ppsList.length]));
  ppsList.forEach(put);
  const codec = `avc1.${sps.subarray(1, 4).toString('hex')}`;
  return { codec, description: Buffer.concat(parts), ...size };
}

/** Reads an AVCDecoderConfigurationRecord. Throws RangeError when it is broken. */
export function readDescription(description: Buffer): { config: CodecConfig; lengthBytes: number } {
  if (description.length < 7 || description[0] !== 1) throw new RangeError('not an AVC configuration');
  const sets: [Buffer[], Buffer[]] = [[], []];
  let offset = 6;
  for (const [index, mask] of [0x1f, 0xff].entries()) {
    const count = index === 0 ? (description[5] ?? 0) & mask : (description[offset++] ?? 0) & mask;
    for (let i = 0; i < count; i++) {
      if (offset + 2 > description.length) throw new RangeError('AVC configuration ends early');
      const length = description.readUInt16BE(offset);
      const nal = description.subarray(offset + 2, offset + 2 + length);
      if (nal.length !== length) throw new RangeError('AVC configuration ends early');
      sets[index === 0 ? 0 : 1].push(nal);
      offset += 2 + length;
    }
  }
  const lengthBytes = ((description[4] ?? 3) & 3) + 1;
  const config = configFromSets(sets[0], sets[1]);
  return { config: lengthBytes === 4 ? { ...config, description } : config, lengthBytes };
}

/** The configuration carried inside an access unit, when the camera repeats its parameter sets; `null` otherwise or when they are broken. */
export function configInUnit(nals: readonly Buffer[]): CodecConfig | null {
  const sps = nals.filter((nal) => typeOfNal(nal) === nalType.sps);
  const pps = nals.filter((nal) => typeOfNal(nal) === nalType.pps);
  if (sps.length === 0 || pps.length === 0) return null;
  try {
    return configFromSets(sps, pps);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
