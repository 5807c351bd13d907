import type { CellShape } from './cell-index.ts';

/** Outlines of cells in a few arrays, which go to another thread without a copy of every ring. */
export interface PackedCells {
  codes: string[];
  /** Rings of each cell. */
  ringCounts: Uint32Array;
  /** Numbers of each ring: twice its points. */
  ringLengths: Uint32Array;
  /** Longitude and latitude in degrees, ring after ring. */
  degrees: Float64Array;
}

/** @param outlines polygons in little-endian WKB: byte order, type, count, and for each ring its points */
export function packCells(outlines: readonly { code: string; outline: Buffer }[]): PackedCells {
  const ringLengths: number[] = [];
  const ringCounts = new Uint32Array(outlines.length);
  const bytes = outlines.reduce((sum, { outline }) => sum + outline.length, 0);
  const degrees = new Float64Array(bytes >> 3);
  let written = 0;
  for (const [cell, { outline }] of outlines.entries()) {
    const rings = outline.readUInt32LE(5);
    ringCounts[cell] = rings;
    let at = 9;
    for (let ring = 0; ring < rings; ring++) {
      const numbers = outline.readUInt32LE(at) * 2;
      ringLengths.push(numbers);
      at += 4;
      for (let n = 0; n < numbers; n++, at += 8) degrees[written++] = outline.readDoubleLE(at);
    }
  }
  return {
    codes: outlines.map(({ code }) => code),
    ringCounts,
    ringLengths: Uint32Array.from(ringLengths),
    degrees: degrees.slice(0, written),
  };
}

export function unpackCells({ codes, ringCounts, ringLengths, degrees }: PackedCells): CellShape[] {
  let ring = 0;
  let at = 0;
  return codes.map((code, cell) => {
    const rings: Float64Array[] = [];
    for (const last = ring + (ringCounts[cell] ?? 0); ring < last; ring++) {
      const end = at + (ringLengths[ring] ?? 0);
      rings.push(degrees.subarray(at, end));
      at = end;
    }
    return { code, rings };
  });
}
