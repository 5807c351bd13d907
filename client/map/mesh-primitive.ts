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
import type { BuildingMesh } from './tiles/messages.ts';

const alphaBlend: unknown = BlendingState.ALPHA_BLEND;

const vertexShader = `
in vec3 position3DHigh;
in vec3 position3DLow;
in vec4 color;
in vec2 st;
in float batchId;
out vec4 v_color;
out vec2 v_wall;
void main() {
  v_color = color;
  v_wall = st;
  gl_Position = czm_modelViewProjectionRelativeToEye * czm_computePosition();
}`;

/** Lines along the edges of walls, one pixel wide at any distance, fading where walls become small. */
const fragmentShader = `
in vec4 v_color;
in vec2 v_wall;
void main() {
  vec2 pixel = fwidth(v_wall);
  vec2 edge = min(v_wall, 1.0 - v_wall) / max(pixel, vec2(1e-6));
  float nearEdge = 1.0 - smoothstep(0.4, 1.4, min(edge.x, v_wall.y > 0.5 ? edge.y : 1e6));
  float fade = 1.0 - smoothstep(0.05, 0.3, max(pixel.x, pixel.y));
  out_FragColor = vec4(v_color.rgb + 0.09 * nearEdge * fade, v_color.a);
}`;

/** A mesh in earth-centred metres as it is, shaded beforehand. `translucent`: painted over the ground, seen through. */
export function createMeshPrimitive(
  mesh: BuildingMesh,
  { translucent }: { translucent: boolean },
): Primitive {
  const attributes = new GeometryAttributes();
  attributes.position = new GeometryAttribute({
    componentDatatype: ComponentDatatype.DOUBLE,
    componentsPerAttribute: 3,
    values: mesh.positions,
  });
  attributes.color = new GeometryAttribute({
    componentDatatype: ComponentDatatype.UNSIGNED_BYTE,
    componentsPerAttribute: 4,
    normalize: true,
    values: mesh.colours,
  });
  attributes.st = new GeometryAttribute({
    componentDatatype: ComponentDatatype.FLOAT,
    componentsPerAttribute: 2,
    values: mesh.wall,
  });
  const geometry = new Geometry({
    attributes,
    indices: mesh.wall.length / 2 > 65_535 ? mesh.indices : Uint16Array.from(mesh.indices),
    primitiveType: PrimitiveType.TRIANGLES,
    boundingSphere: BoundingSphere.fromVertices(Array.from(mesh.positions)),
  });
  return new Primitive({
    geometryInstances: new GeometryInstance({ geometry }),
    appearance: new Appearance({
      translucent,
      closed: false,
      vertexShaderSource: vertexShader,
      fragmentShaderSource: fragmentShader,
      renderState: translucent
        ? { depthTest: { enabled: true }, depthMask: false, blending: alphaBlend }
        : { depthTest: { enabled: true } },
    }),
    asynchronous: false,
    allowPicking: false,
    compressVertices: false,
    releaseGeometryInstances: true,
  });
}
