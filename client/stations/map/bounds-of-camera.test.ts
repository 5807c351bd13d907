import { describe, expect, it } from 'vitest';
import { boundsOfCamera } from './bounds-of-camera.ts';

const camera = { lon: 103.76, lat: 36.06, rangeMetres: 1000, headingDegrees: 0, pitchDegrees: -90 };
const spans = (text: string) => {
  const [west = 0, south = 0, east = 0, north = 0] = text.split(',').map(Number);
  const shrink = Math.cos((36.06 * Math.PI) / 180);
  return { across: (east - west) * 111_195 * shrink, along: (north - south) * 111_195, west, east };
};

describe('about what the map shows', () => {
  it('is the width of the view across, less along the shorter edge', () => {
    const { across, along, west, east } = spans(boundsOfCamera(camera, 2));
    expect(across).toBeCloseTo(1155, -1);
    expect(along).toBeCloseTo(577, -1);
    expect((west + east) / 2).toBeCloseTo(103.76, 4);
  });

  it('turns with the camera', () => {
    const { across, along } = spans(boundsOfCamera({ ...camera, headingDegrees: 90 }, 2));
    expect(across).toBeCloseTo(577, -1);
    expect(along).toBeCloseTo(1155, -1);
  });
});
