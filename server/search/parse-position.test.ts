import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parsePosition } from './parse-position.ts';

const home = { west: 10, south: 50, east: 20, north: 60 };

it.each([
  '103.78,36.06',
  '36.06, 103.78',
  '36.06N 103.78E',
  'E103.78 N36.06',
  '103.78 36.06',
  '北纬36.06 东经103.78',
  '东经103.78度，北纬36.06度',
  `36°3'36"N 103°46'48"E`,
  'wgs84: 103.78, 36.06',
])('reads %s', (typed) => {
  expect(parsePosition(typed)?.position).toEqual({ lon: 103.78, lat: 36.06 });
});

it('reads the datum that is named', () => {
  for (const typed of ['gcj02 103.78,36.06', '高德：103.78,36.06', '103.78,36.06 GCJ-02']) {
    const read = parsePosition(typed);
    expect(read?.datum).toBe('gcj02');
    expect(Math.abs((read?.position.lon ?? 0) - 103.78)).toBeGreaterThan(0.001);
    expect(Math.abs((read?.position.lon ?? 0) - 103.78)).toBeLessThan(0.005);
  }
  expect(parsePosition('百度 103.78,36.06')?.datum).toBe('bd09');
});

it('takes the order that lies at home where nothing else tells', () => {
  expect(parsePosition('52.5,13.4', home)?.position).toEqual({ lon: 13.4, lat: 52.5 });
  expect(parsePosition('52.5,13.4')?.position).toEqual({ lon: 52.5, lat: 13.4 });
});

it.each(['620103', '12 34', '103.78', '36.06N 40N', '200,100', '西津西路 123', 'P01012', '1,2,3', ''])(
  'takes %s for no position',
  (typed) => {
    expect(parsePosition(typed)).toBeUndefined();
  },
);

it('never fails, whatever is typed, and answers quickly', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (typed) => {
      const read = parsePosition(typed);
      if (read) expect(Math.abs(read.position.lat)).toBeLessThanOrEqual(90.1);
    }),
  );
  const started = performance.now();
  parsePosition('1 '.repeat(100));
  parsePosition(`${'9'.repeat(200)}°`);
  expect(performance.now() - started).toBeLessThan(200);
});
