import {
  Appearance,
  BlendingState,
  ComponentDatatype,
  Geometry,
  GeometryAttribute,
  GeometryAttributes,
  GeometryInstance,
  Primitive,
  PrimitiveType,
} from '@cesium/engine';
import { sphereAround } from './point-cloud.ts';
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
out vec3 v_fromEye;
void main() {
  v_color = color;
  v_wall = st;
  vec4 position = czm_computePosition();
  v_fromEye = (czm_modelViewRelativeToEye * position).xyz;
  gl_Position = czm_modelViewProjectionRelativeToEye * position;
}`;

/** Lines along the edges of walls, one pixel wide at any distance, fading where walls become small; the sun if asked. */
const fragmentShader = `
in vec4 v_color;
in vec2 v_wall;
in vec3 v_fromEye;
uniform float opacity;
uniform float daylight;
void main() {
  float light = 1.0;
  vec3 colour = v_color.rgb;
  if (daylight > 0.5) {
    vec3 normal = normalize(cross(dFdx(v_fromEye), dFdy(v_fromEye)));
    float height = dot(normalize(czm_lightDirectionWC), normalize(czm_viewerPositionWC));
    float day = smoothstep(-0.1, 0.15, height);
    // The colours of the plan are dark so that marks stand out; in daylight walls are of stone, at night as on the plan.
    colour = mix(colour, vec3(0.74, 0.72, 0.68), 0.62 * day);
    light = mix(0.72, 0.58 + 0.62 * max(dot(normal, czm_lightDirectionEC), 0.0), day);
  }
  vec2 pixel = fwidth(v_wall);
  vec2 edge = min(v_wall, 1.0 - v_wall) / max(pixel, vec2(1e-6));
  float nearEdge = 1.0 - smoothstep(0.4, 1.4, min(edge.x, v_wall.y > 0.5 ? edge.y : 1e6));
  float fade = 1.0 - smoothstep(0.05, 0.3, max(pixel.x, pixel.y));
  out_FragColor = vec4((colour + 0.09 * nearEdge * fade) * light, v_color.a * opacity);
}`;

/** One sun for all meshes. */
const sun = { shown: false };

export function shadeMeshesBySun(shown: boolean): void {
  sun.shown = shown;
}

function meshUniforms(opacity: number): { opacity: number; readonly daylight: number } {
  return {
    opacity,
    get daylight() {
      return sun.shown ? 1 : 0;
    },
  };
}

export interface MeshPrimitive extends Primitive {
  appearance: Appearance & { uniforms: { opacity: number } };
}

/** A mesh in earth-centred metres as it is, shaded beforehand. `translucent`: painted over the ground, seen through. */
export function createMeshPrimitive(
  mesh: BuildingMesh,
  { translucent, opacity = 1 }: { translucent: boolean; opacity?: number },
): MeshPrimitive {
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
    boundingSphere: sphereAround(mesh.positions),
  });
  const appearance = Object.assign(
    new Appearance({
      translucent,
      closed: false,
      vertexShaderSource: vertexShader,
      fragmentShaderSource: fragmentShader,
      renderState: translucent
        ? { depthTest: { enabled: true }, depthMask: false, blending: alphaBlend }
        : { depthTest: { enabled: true } },
    }),
    { uniforms: meshUniforms(opacity) },
  );
  return new Primitive({
    geometryInstances: new GeometryInstance({ geometry }),
    appearance,
    asynchronous: false,
    allowPicking: false,
    compressVertices: false,
    releaseGeometryInstances: true,
  }) as MeshPrimitive;
}
