import type { CaseSummary } from '#contract/cases';

/** A small generator of numbers between 0 and 1, the same every time (mulberry32). */
export function createNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The densest streets of the sample district, in degrees. */
export const sampleStreets = { west: 103.7, south: 36.045, east: 103.8, north: 36.085 };

/** So many open cases over the sample's streets, two thirds green, the rest yellow and red. */
export function makeCases(count: number, seed = 7): CaseSummary[] {
  const next = createNumbers(seed);
  const now = Date.now();
  const { west, south, east, north } = sampleStreets;
  return Array.from({ length: count }, (_, n): CaseSummary => {
    const minutes = next() < 0.16 ? -60 * next() : next() < 0.2 ? 15 * next() : 60 + 600 * next();
    const dueAt = new Date(now + minutes * 60_000).toISOString();
    const warnAt = new Date(now + (minutes - 20) * 60_000).toISOString();
    const at = new Date(now - 3_600_000).toISOString();
    return {
      id: `case-${n}`,
      number: `620103-20261120-${String(n).padStart(5, '0')}`,
      stage: 'handling',
      version: 1,
      class: 'E06010',
      className: { zh: '无照经营游商', en: 'Unlicensed vendor' },
      kind: 'event',
      channel: 'video',
      position: { lon: west + (east - west) * next(), lat: south + (north - south) * next() },
      accuracyMetres: 1,
      cell: { code: '620103001001001' },
      communityCode: '620103001001',
      subdistrictCode: '620103001',
      note: '',
      urgent: false,
      special: false,
      secondNotices: 0,
      reportCount: 1,
      timing: 'natural',
      receivedAt: at,
      filedAt: at,
      stageSince: at,
      updatedAt: at,
      dueAt,
      warnAt,
      light: 'green',
      whole: { light: 'green' },
      flags: {},
      dispatchCount: 1,
    };
  });
}
