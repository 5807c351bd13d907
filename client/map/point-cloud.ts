import { BufferPoint, BufferPointCollection, BufferPointMaterial, Cartesian3, Color } from '@cesium/engine';

export interface CloudStyle {
  colour: string;
  sizePixels: number;
}

/**
 * Many still points in one collection. The one place that uses Cesium's experimental buffer collections (fixed
 * capacity; 0.4 to 0.7 of the cost of `PointPrimitiveCollection`).
 * `positions`: lon, lat, lon, lat, … in degrees; `styleOf` gives the look of the n-th point.
 */
export function createPointCloud(
  positions: Float64Array,
  heightMetres: number,
  styleOf: (n: number) => CloudStyle,
): BufferPointCollection {
  const count = positions.length / 2;
  const cloud = new BufferPointCollection({ primitiveCountMax: count });
  const materials = new Map<string, BufferPointMaterial>();
  const point = new BufferPoint();
  const position = new Cartesian3();
  for (let n = 0; n < count; n += 1) {
    const style = styleOf(n);
    const key = `${style.colour}/${style.sizePixels}`;
    let material = materials.get(key);
    if (!material) {
      material = new BufferPointMaterial({
        color: Color.fromCssColorString(style.colour),
        outlineColor: Color.fromCssColorString('#0c0e10'),
        outlineWidth: 1,
        size: style.sizePixels,
      });
      materials.set(key, material);
    }
    Cartesian3.fromDegrees(
      positions[2 * n] ?? 0,
      positions[2 * n + 1] ?? 0,
      heightMetres,
      undefined,
      position,
    );
    cloud.add({ position, material }, point);
  }
  return cloud;
}
