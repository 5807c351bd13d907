import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readImageHeader } from './read-image.ts';

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));

// APP0 of 4 bytes, then SOF0 of 11: 480 rows, 640 columns.
const jpeg = bytes('ffd8 ffe0 0004 4a46 ffc0 000b 08 01e0 0280 01 011100 ffda');
// Signature, IHDR of 13 bytes: 300 × 200, depth 8, colour 6, and its checksum.
const png = bytes('89504e470d0a1a0a 0000000d 49484452 0000012c 000000c8 08 06 00 00 00 00000000');
// RIFF, WEBP, VP8X: canvas 400 × 300, each less one in 24 bits.
const webp = bytes('52494646 00000000 57454250 56503858 0000000a 00000000 8f0100 2b0100');

it('reads the size of JPEG, PNG and WebP', () => {
  expect(readImageHeader(jpeg)).toEqual({ mediaType: 'image/jpeg', width: 640, height: 480 });
  expect(readImageHeader(png)).toEqual({ mediaType: 'image/png', width: 300, height: 200 });
  expect(readImageHeader(webp)).toEqual({ mediaType: 'image/webp', width: 400, height: 300 });
});

it('takes nothing cut short for an image', () => {
  for (const image of [jpeg.subarray(0, 17), png, webp]) {
    for (let length = 0; length < Math.min(image.length, 17); length++) {
      expect(readImageHeader(image.subarray(0, length))).toBeUndefined();
    }
  }
});

it('answers for any bytes without failing', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(jpeg, png, webp, bytes('ffd8')),
      fc.uint8Array({ maxLength: 64 }),
      (head, tail) => {
        const header = readImageHeader(Uint8Array.from([...head.subarray(0, 12), ...tail]));
        if (header) expect(header.width * header.height).toBeGreaterThan(0);
      },
    ),
  );
});
