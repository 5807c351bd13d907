import {
  Appearance,
  BlendingState,
  BoundingSphere,
  ComponentDatatype,
  Geometry,
  GeometryAttribute,
  GeometryAttributes,
  GeometryInstance,
  Primitive,
  PrimitiveType,
} from '@cesium/engine';
import { toEcef } from './earth.ts';

const alphaBlend: unknown = BlendingState.ALPHA_BLEND;

const vertexShader = `
in vec3 position3DHigh;
in vec3 position3DLow;
in vec4 color;
in float batchId;
uniform float sizePixels;
out vec4 v_color;
void main() {
  v_color = color;
  gl_Position = czm_modelViewProjectionRelativeToEye * czm_computePosition();
  gl_PointSize = sizePixels * czm_pixelRatio;
}`;

/** A disc with a dark rim; half an alpha marks what is not intact: hollow. */
const fragmentShader = `
in vec4 v_color;
uniform float opacity;
void main() {
  float r = length(gl_PointCoord - 0.5) * 2.0;
  if (r > 1.0) discard;
  bool hollow = v_color.a < 0.75 && r < 0.45;
  vec3 rim = vec3(0.047, 0.055, 0.063);
  out_FragColor = vec4(r > 0.78 || hollow ? rim : v_color.rgb, opacity);
}`;

export interface PointCloud extends Primitive {
  appearance: Appearance & { uniforms: { sizePixels: number; opacity: number } };
}

export interface CloudPoints {
  /** lon, lat, lon, lat, … in degrees. */
  positions: Float64Array;
  /** RGBA, four bytes a point; 255: whole, 128: hollow. */
  colours: Uint8Array;
}

/**
 * Many still points as one buffer of the graphics card. Plain points of WebGL: a third of the memory and time of
 * Cesium's collections of points, which keep an object for each.
 */
export function createPointCloud(
  { positions, colours }: CloudPoints,
  heightMetres: number,
  look: { sizePixels: number; opacity: number },
): PointCloud {
  const count = positions.length / 2;
  const places = new Float64Array(count * 3);
  for (let n = 0; n < count; n += 1) {
    const { x, y, z } = toEcef(positions[2 * n] ?? 0, positions[2 * n + 1] ?? 0, heightMetres);
    places[3 * n] = x;
    places[3 * n + 1] = y;
    places[3 * n + 2] = z;
  }
  const attributes = new GeometryAttributes();
  attributes.position = new GeometryAttribute({
    componentDatatype: ComponentDatatype.DOUBLE,
    componentsPerAttribute: 3,
    values: places,
  });
  attributes.color = new GeometryAttribute({
    componentDatatype: ComponentDatatype.UNSIGNED_BYTE,
    componentsPerAttribute: 4,
    normalize: true,
    values: colours,
  });
  const geometry = new Geometry({
    attributes,
    primitiveType: PrimitiveType.POINTS,
    boundingSphere: sphereAround(places),
  });
  const appearance = Object.assign(
    new Appearance({
      translucent: true,
      closed: false,
      vertexShaderSource: vertexShader,
      fragmentShaderSource: fragmentShader,
      renderState: { depthTest: { enabled: true }, depthMask: true, blending: alphaBlend },
    }),
    { uniforms: { ...look } },
  );
  return new Primitive({
    geometryInstances: new GeometryInstance({ geometry }),
    appearance,
    asynchronous: false,
    allowPicking: false,
    compressVertices: false,
    releaseGeometryInstances: true,
  }) as PointCloud;
}

/** Around a few of the points and their farthest, which costs one pass and no copies. */
export function sphereAround(places: Float64Array): BoundingSphere {
  const sphere = new BoundingSphere();
  const { center } = sphere;
  const count = places.length / 3;
  for (let at = 0; at < places.length; at += 3) {
    center.x += (places[at] ?? 0) / count;
    center.y += (places[at + 1] ?? 0) / count;
    center.z += (places[at + 2] ?? 0) / count;
  }
  for (let at = 0; at < places.length; at += 3) {
    const [x, y, z] = [
      (places[at] ?? 0) - center.x,
      (places[at + 1] ?? 0) - center.y,
      (places[at + 2] ?? 0) - center.z,
    ];
    sphere.radius = Math.max(sphere.radius, x * x + y * y + z * z);
  }
  sphere.radius = Math.sqrt(sphere.radius);
  return sphere;
}
