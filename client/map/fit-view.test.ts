import fc from 'fast-check';
import { expect, test } from 'vitest';
import { distanceMetres } from './earth.ts';
import { fitView } from './fit-view.ts';
import type { Bounds } from './overview.ts';

const FOV = Math.PI / 3;

/** An independent picture of the corners: rotate into the camera, divide by depth. */
function cornersOnScreen(bounds: Bounds, width: number, height: number, pitchDegrees: number) {
  const { target, rangeMetres } = fitView(bounds, pitchDegrees, { width, height, fovRadians: FOV });
  const [west, south, east, north] = bounds;
  const pitch = (-pitchDegrees * Math.PI) / 180;
  const focal = Math.max(width, height) / 2 / Math.tan(FOV / 2);
  return [
    [west, south],
    [west, north],
    [east, south],
    [east, north],
  ].map(([lon = 0, lat = 0]) => {
    const e = Math.sign(lon - target.lon) * distanceMetres({ lon: target.lon, lat }, { lon, lat });
    const n = Math.sign(lat - target.lat) * distanceMetres({ lon, lat: target.lat }, { lon, lat });
    const [dn, du] = [n + rangeMetres * Math.cos(pitch), -rangeMetres * Math.sin(pitch)];
    const depth = dn * Math.cos(pitch) - du * Math.sin(pitch);
    return { x: (focal * e) / depth, y: (focal * (dn * Math.sin(pitch) + du * Math.cos(pitch))) / depth };
  });
}

test('all of the bounds is on the screen, and no smaller than it must be', () => {
  fc.assert(
    fc.property(
      fc.constantFrom([1920, 1080], [3840, 1080], [390, 844], [800, 800]),
      fc.constantFrom(-89, -60, -45),
      fc.double({ min: 0.01, max: 0.2, noNaN: true }),
      fc.double({ min: 0.01, max: 0.2, noNaN: true }),
      ([width = 0, height = 0], pitch, dLon, dLat) => {
        const corners = cornersOnScreen([103.7, 36, 103.7 + dLon, 36 + dLat], width, height, pitch);
        const reach = Math.max(
          ...corners.map(({ x, y }) => Math.max(Math.abs(x) / width, Math.abs(y) / height) * 2),
        );
        expect(reach).toBeLessThan(1);
        expect(reach).toBeGreaterThan(0.85);
      },
    ),
  );
});
