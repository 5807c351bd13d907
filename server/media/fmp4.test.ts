import { describe, expect, it } from 'vitest';
import { encodeClip, encodeFragment, encodeInit } from './fmp4.ts';
import { createFlvReader, encodeFlvHeader, encodeFlvPicture } from './flv.ts';
import {
  configFromSets,
  configInUnit,
  joinNals,
  readDescription,
  splitNals,
  type AccessUnit,
} from './h264.ts';
import { readFragments, readTrack, readUnits } from './read-fmp4.ts';

/** Real parameter sets: x264, High, 1920×1080 (cropped from 1088 lines). */
const sps = Buffer.from('67640028acd940780227e5c044000003000400000300f03c60c658', 'hex');
const pps = Buffer.from('68ebe3cb22c0', 'hex');
const config = configFromSets([sps], [pps]);

function unit(atMicros: number, keyframe: boolean, compositionMicros = 0): AccessUnit {
  const nal = Buffer.alloc(20 + (atMicros % 7), keyframe ? 0x65 : 0x41);
  return { atMicros, compositionMicros, keyframe, data: joinNals([nal]) };
}

describe('H.264 parameter sets', () => {
  it('gives the cropped picture size and the codec string', () => {
    expect(config).toMatchObject({ codec: 'avc1.640028', width: 1920, height: 1080 });
    expect(readDescription(config.description).config).toEqual(config);
  });

  it('finds a configuration repeated inside a key frame and ignores a broken one', () => {
    const idr = Buffer.from([0x65, 1, 2, 3]);
    expect(configInUnit(splitNals(joinNals([sps, pps, idr])))).toEqual(config);
    expect(configInUnit(splitNals(joinNals([sps.subarray(0, 6), pps, idr])))).toBeNull();
    expect(configInUnit([idr])).toBeNull();
  });

  it('refuses a record that ends early', () => {
    expect(() => readDescription(config.description.subarray(0, 12))).toThrow(RangeError);
    expect(() => readDescription(Buffer.from('nonsense'))).toThrow(RangeError);
  });
});

describe('fragmented MP4', () => {
  const units = [
    unit(5_000_000, true),
    unit(5_040_000, false),
    unit(5_080_000, true),
    unit(5_120_000, false),
  ];

  it('reads back what it wrote, with a composition offset', () => {
    const reordered = [unit(5_040_000, true, 40_000), unit(5_120_000, false, 80_000), unit(5_080_000, false)];
    const clip = encodeClip(config, reordered, 40_000);
    expect(readUnits(clip, 5_000_000)).toEqual({ config, units: reordered });
  });

  it('starts a clip at zero, one fragment per group of pictures', () => {
    const clip = encodeClip(config, units, 40_000);
    expect(readFragments(clip, readTrack(clip))).toHaveLength(2);
    expect(readUnits(clip).units.map((one) => one.atMicros)).toEqual([0, 40_000, 80_000, 120_000]);
  });

  it('leaves out a fragment torn at any byte', () => {
    const head = encodeInit(config);
    const first = encodeFragment(units.slice(0, 2), { sequence: 1, originMicros: 0, lastDurationMicros: 1 });
    const second = encodeFragment(units.slice(2), { sequence: 2, originMicros: 0, lastDurationMicros: 1 });
    const whole = Buffer.concat([head, first, second]);
    for (let cut = head.length + first.length; cut < whole.length; cut++) {
      const torn = whole.subarray(0, cut);
      expect(readFragments(torn, readTrack(torn))).toHaveLength(1);
    }
  });
});

describe('FLV', () => {
  it('hands out a picture as soon as its last byte is here, however the bytes are cut', () => {
    const pictures = [unit(0, true), unit(0, false), unit(0, false)];
    const stream = [
      encodeFlvHeader(config.description),
      ...pictures.map((one, i) => encodeFlvPicture(one.data, one.keyframe, i * 40)),
    ];
    const bytes = Buffer.concat(stream);
    for (const step of [1, 7, 64, bytes.length]) {
      const seen: Buffer[] = [];
      let configs = 0;
      const read = createFlvReader({
        onConfig: (found) => {
          expect(found).toEqual(config);
          configs++;
        },
        onPicture: (picture) => {
          expect(picture.decodeMs).toBe(seen.length * 40);
          seen.push(Buffer.from(picture.data));
        },
        onForeignCodec: () => expect.unreachable(),
      });
      for (let offset = 0; offset < bytes.length - 4; offset += step) {
        read(bytes.subarray(offset, Math.min(offset + step, bytes.length - 4)));
      }
      expect(configs).toBe(1);
      expect(seen).toEqual(pictures.map((one) => one.data));
    }
  });

  it('refuses bytes that are not FLV', () => {
    const read = createFlvReader({ onConfig: () => {}, onPicture: () => {}, onForeignCodec: () => {} });
    expect(() => read(Buffer.from('HTTP/1.1 404 Not Found'))).toThrow(RangeError);
  });
});
