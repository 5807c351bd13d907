import { polygon, tesselate } from '@turf/turf';
import type { Camera } from '#contract/cameras';
import { toEcef } from '../earth.ts';
import { createMeshPrimitive, type MeshPrimitive } from '../mesh-primitive.ts';
import type { BuildingMesh } from '../tiles/messages.ts';
import type { LayerFactory } from './present-layer.ts';

/** RGBA of the accent, seen through. */
const WASH = [90, 167, 232, 46] as const;

/** The ground that cameras see, under the houses. */
export const createCoverage: LayerFactory<'coverage'> = (host, spec) => {
  let shown: MeshPrimitive | null = null;
  const show = ({ cameras, opacity }: { cameras: readonly Camera[]; opacity: number }) => {
    if (shown) host.scene.primitives.remove(shown);
    const mesh = meshOf(cameras);
    shown = mesh && createMeshPrimitive(mesh, { translucent: true, opacity });
    if (shown) host.scene.primitives.add(shown);
  };
  show(spec);
  return {
    update: show,
    destroy() {
      if (shown) host.scene.primitives.remove(shown);
    },
  };
};

function meshOf(cameras: readonly Camera[]): BuildingMesh | null {
  const positions: number[] = [];
  const colours: number[] = [];
  for (const { coverage } of cameras) {
    if (!coverage) continue;
    const polygons = coverage.type === 'Polygon' ? [coverage.coordinates] : coverage.coordinates;
    for (const rings of polygons)
      for (const { geometry } of tesselate(polygon(rings)).features)
        for (const [lon = 0, lat = 0] of (geometry.coordinates[0] ?? []).slice(0, 3)) {
          const { x, y, z } = toEcef(lon, lat, 0.1);
          positions.push(x, y, z);
          colours.push(...WASH);
        }
  }
  if (positions.length === 0) return null;
  const vertices = positions.length / 3;
  return {
    positions: Float64Array.from(positions),
    colours: Uint8Array.from(colours),
    wall: new Float32Array(vertices * 2).fill(0.5),
    indices: Uint32Array.from({ length: vertices }, (_, n) => n),
  };
}
