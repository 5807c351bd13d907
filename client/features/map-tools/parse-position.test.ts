import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { geodesicMetres } from '../../map/measure/measure.ts';
import { meridianOf, writePosition, writtenDatums } from '../../map/measure/write-position.ts';
import { parsePosition } from './parse-position.ts';

const here = { lon: 103.78, lat: 36.06 };

describe('a position as people write it', () => {
  it.each([
    '103.78,36.06',
    '36.06, 103.78',
    '103.78 36.06',
    '103.78，36.06',
    '36.06N 103.78E',
    'E103.78 N36.06',
    '36°3\'36"N 103°46\'48"E',
    'wgs84 103.78,36.06',
  ])('%s', (text) => {
    const found = parsePosition(text);
    expect(found?.position.lon).toBeCloseTo(here.lon, 9);
    expect(found?.position.lat).toBeCloseTo(here.lat, 9);
  });

  it.each(['', '西津西路', '620103001001', '103.78', '103.78,36.06,5', '200,100', 'gk105 abc'])(
    'is not %j',
    (text) => expect(parsePosition(text)).toBeUndefined(),
  );

  it('comes back from every datum it is written in, within a metre', () => {
    const inCity = fc.record({
      lon: fc.double({ min: 103, max: 104.4, noNaN: true }),
      lat: fc.double({ min: 35.8, max: 36.4, noNaN: true }),
    });
    fc.assert(
      fc.property(inCity, fc.constantFrom(...writtenDatums), (position, datum) => {
        const text = writePosition(position, datum)
          .replace(/ \(.*$/, '')
          .replace(' Y', ', Y');
        const named = datum === 'gk' ? `gk${meridianOf(position.lon)}` : datum;
        const found = parsePosition(`${named} ${text}`);
        expect(found).toBeDefined();
        if (found) expect(geodesicMetres(found.position, position)).toBeLessThan(1);
      }),
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void parsePosition(text)));
  });
});
