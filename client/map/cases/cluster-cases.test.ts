import fc from 'fast-check';
import { expect, test } from 'vitest';
import { distanceMetres } from '../earth.ts';
import { clusterCases, worseLight, type PlacedCase } from './cluster-cases.ts';

const light = fc.constantFrom('green', 'yellow', 'red', 'none');
const placed = fc
  .array(
    fc.record({
      lon: fc.double({ min: 103.6, max: 103.8, noNaN: true }),
      lat: fc.double({ min: 36, max: 36.1, noNaN: true }),
      light,
    }),
  )
  .map((all): PlacedCase[] =>
    all.map(({ lon, lat, light }, n) => ({ id: `c${n}`, position: { lon, lat }, light })),
  );

test('every case is in exactly one mark, which shows the worst light among its cases', () => {
  fc.assert(
    fc.property(placed, fc.double({ min: 0, max: 5000, noNaN: true }), (cases, side) => {
      const clusters = clusterCases(cases, side);
      expect(clusters.flatMap(({ ids }) => ids).sort()).toEqual(cases.map(({ id }) => id).sort());
      const byId = new Map(cases.map((one) => [one.id, one]));
      for (const cluster of clusters) {
        const lights = cluster.ids.map((id) => byId.get(id)?.light ?? 'none');
        expect(cluster.light).toBe(lights.reduce(worseLight));
      }
    }),
  );
});

test('a mark stands within twice its radius of every case it holds', () => {
  fc.assert(
    fc.property(placed, (cases) => {
      const byId = new Map(cases.map((one) => [one.id, one.position]));
      for (const cluster of clusterCases(cases, 500))
        for (const id of cluster.ids) {
          const position = byId.get(id);
          if (position) expect(distanceMetres(cluster.position, position)).toBeLessThan(500 * 2 * 1.01);
        }
    }),
  );
});

test('a lone case keeps its own key, so that its mark stays itself while zooming', () => {
  const [cluster] = clusterCases([{ id: 'only', position: { lon: 103.7, lat: 36 }, light: 'red' }], 100);
  expect(cluster?.key).toBe('only');
});
