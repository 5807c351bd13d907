import {
  AlwaysDepth,
  Color,
  DepthTexture,
  Fog,
  HalfFloatType,
  HemisphereLight,
  LinearFilter,
  Mesh,
  NoBlending,
  OrthographicCamera,
  PlaneGeometry,
  Scene,
  ShaderMaterial,
  UnsignedByteType,
  Vector2,
  WebGLRenderTarget,
} from 'three';
import type { DirectionalLight, Vector3, WebGLRenderer } from 'three';
import { undistort } from '#geometry/lens';
import { HAZE } from './environment.ts';
import { SKY_COLOUR, SKY_STRENGTH, SUN_COLOUR, SUN_STRENGTH, makeLamp, point } from './light-bake.ts';
import type { BakedLight } from './light-bake.ts';
import type { Region } from './mover-region.ts';
import type { View } from './view.ts';

/** Layers of objects: what stands still, what moves. */
export const STILL_LAYER = 0;
export const MOVING_LAYER = 1;

const QUAD_VERTEX = 'void main() { gl_Position = vec4(position.xy, 0.0, 1.0); }';

/**
 * Paints single frames over the baked picture: the still scene's depth is kept, movers are drawn into it with
 * the same sun, their shadows are thrown on the ground, and the lens bends the whole onto the sensor.
 */
export class FramePainter {
  private readonly renderer: WebGLRenderer;
  private readonly view: View;
  private readonly scene: Scene;
  private readonly large: WebGLRenderTarget;
  private readonly still: WebGLRenderTarget;
  private readonly sensor: WebGLRenderTarget;
  private readonly quad = new Mesh(new PlaneGeometry(2, 2));
  private readonly quadScene = new Scene();
  private readonly quadCamera = new OrthographicCamera(-1, 1, 1, -1, 0, 1);
  private readonly backdrop: ShaderMaterial;
  private readonly shadow: ShaderMaterial;
  private readonly lens: ShaderMaterial;
  private readonly pixels: Uint8Array;
  private readonly sunLamp: DirectionalLight;
  private before: ReadonlyMap<string, Region> = new Map();

  constructor(
    renderer: WebGLRenderer,
    view: View,
    scene: Scene,
    baked: BakedLight,
    sun: Vector3,
    picture: { width: number; height: number },
  ) {
    [this.renderer, this.view, this.scene] = [renderer, view, scene];
    const { width, height } = baked.sky;
    const filters = { minFilter: LinearFilter, magFilter: LinearFilter };
    this.large = new WebGLRenderTarget(width, height, { type: HalfFloatType, ...filters });
    this.still = new WebGLRenderTarget(width, height, { depthTexture: new DepthTexture(width, height) });
    this.sensor = new WebGLRenderTarget(picture.width, picture.height, {
      type: UnsignedByteType,
      depthBuffer: false,
    });
    this.pixels = new Uint8Array(picture.width * picture.height * 4);
    this.quad.frustumCulled = false;
    this.quadScene.add(this.quad);
    this.backdrop = new ShaderMaterial({
      uniforms: {
        light: { value: baked.total.texture },
        depth: { value: this.still.depthTexture },
      },
      vertexShader: QUAD_VERTEX,
      fragmentShader: `uniform sampler2D light; uniform highp sampler2D depth;
        void main() {
          ivec2 at = ivec2(gl_FragCoord.xy);
          gl_FragDepth = texelFetch(depth, at, 0).r;
          gl_FragColor = vec4(texelFetch(light, at, 0).rgb, 1.0);
        }`,
      depthFunc: AlwaysDepth,
    });
    this.shadow = new ShaderMaterial({
      uniforms: { sky: { value: baked.sky.texture }, away: { value: sun } },
      vertexShader: `uniform vec3 away;
        void main() {
          vec4 place = modelMatrix * vec4(position, 1.0);
          place.xyz -= away * (place.z / away.z);
          place.z = 0.02;
          gl_Position = projectionMatrix * viewMatrix * place;
        }`,
      fragmentShader: `uniform sampler2D sky;
        void main() { gl_FragColor = vec4(texelFetch(sky, ivec2(gl_FragCoord.xy), 0).rgb, 1.0); }`,
      blending: NoBlending,
      depthWrite: false,
      polygonOffset: true,
      polygonOffsetFactor: -2,
      polygonOffsetUnits: -4,
    });
    this.lens = makeLensMaterial(view, this.large, picture);
    this.sunLamp = makeLamp(view, 4096);
    this.sunLamp.color.copy(SUN_COLOUR);
    this.sunLamp.intensity = SUN_STRENGTH;
    const dome = new HemisphereLight(SKY_COLOUR, new Color(0.42, 0.4, 0.37), SKY_STRENGTH / 2);
    for (const light of [this.sunLamp, dome]) light.layers.enable(MOVING_LAYER);
    point(this.sunLamp, sun);
    scene.add(this.sunLamp, this.sunLamp.target, dome);
    scene.fog = new Fog(HAZE, 40, 1500);
    this.keepStillShadows();
  }

  /**
   * One picture as RGBA rows from the top. Only the regions that hold movers, now or in the picture before, are
   * painted anew; the first picture needs one region that is the whole. `index` only seeds the sensor's grain.
   */
  paint(index: number, regions: ReadonlyMap<string, Region>): Uint8Array {
    const { renderer, view, scene } = this;
    renderer.autoClear = false;
    const touched = new Map(this.before);
    for (const [id, region] of regions) touched.set(id, join(region, this.before.get(id)));
    this.before = regions;
    for (const region of touched.values()) {
      if (cut(this.large, this.inLarge(region))) this.fill(this.backdrop, this.large);
    }
    this.large.scissorTest = false;
    renderer.setRenderTarget(this.large);
    view.camera.layers.set(MOVING_LAYER);
    scene.overrideMaterial = this.shadow;
    renderer.render(scene, view.camera);
    scene.overrideMaterial = null;
    renderer.render(scene, view.camera);
    this.lens.uniforms['frame'] = { value: index };
    for (const region of touched.values()) if (cut(this.sensor, region)) this.fill(this.lens, this.sensor);
    renderer.readRenderTargetPixels(this.sensor, 0, 0, this.sensor.width, this.sensor.height, this.pixels);
    return this.pixels;
  }

  /** The same region on the undistorted picture, whose rows count from the bottom. */
  private inLarge({ left, top, right, bottom }: Region): Region {
    const { pinhole, tanX, tanY } = this.view;
    const { width, height } = this.large;
    const found = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
    for (let step = 0; step <= 8; step++) {
      const [x, y] = [left + ((right - left) * step) / 8, top + ((bottom - top) * step) / 8];
      for (const [px, py] of [
        [x, top],
        [x, bottom],
        [left, y],
        [right, y],
      ] as const) {
        const ray = undistort(
          pinhole.lens,
          (clamp(px, 0, 2 * pinhole.centreX) - pinhole.centreX) / pinhole.focalPixels,
          (clamp(py, 0, 2 * pinhole.centreY) - pinhole.centreY) / pinhole.focalPixels,
        );
        if (!ray) continue;
        const [lx, ly] = [(0.5 + (0.5 * ray.x) / tanX) * width, (0.5 - (0.5 * ray.y) / tanY) * height];
        found.left = Math.min(found.left, lx - 4);
        found.right = Math.max(found.right, lx + 4);
        found.top = Math.min(found.top, ly - 4);
        found.bottom = Math.max(found.bottom, ly + 4);
      }
    }
    return found;
  }

  private keepStillShadows(): void {
    const { renderer, view, scene } = this;
    view.camera.layers.set(STILL_LAYER);
    renderer.shadowMap.needsUpdate = true;
    renderer.setRenderTarget(this.still);
    renderer.render(scene, view.camera);
    renderer.shadowMap.autoUpdate = false;
  }

  private fill(material: ShaderMaterial, target: WebGLRenderTarget): void {
    this.quad.material = material;
    this.renderer.setRenderTarget(target);
    this.renderer.render(this.quadScene, this.quadCamera);
  }
}

/** Limits painting on a target to a region; false if nothing of it is on the target. */
function cut(target: WebGLRenderTarget, { left, top, right, bottom }: Region): boolean {
  const [x0, x1] = [clamp(Math.floor(left), 0, target.width), clamp(Math.ceil(right), 0, target.width)];
  const [y0, y1] = [clamp(Math.floor(top), 0, target.height), clamp(Math.ceil(bottom), 0, target.height)];
  target.scissorTest = true;
  target.scissor.set(x0, y0, x1 - x0, y1 - y0);
  return x1 > x0 && y1 > y0;
}

/** What holds both; two regions far apart (a mover that starts again at its beginning) make a large one. */
function join(one: Region, other: Region = one): Region {
  return {
    left: Math.min(one.left, other.left),
    top: Math.min(one.top, other.top),
    right: Math.max(one.right, other.right),
    bottom: Math.max(one.bottom, other.bottom),
  };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

/** Bends the pinhole's picture as OpenCV's k1, k2 do, then develops it: exposure, curve, vignette, grain. */
function makeLensMaterial(
  { pinhole, tanX, tanY }: View,
  large: WebGLRenderTarget,
  picture: { width: number; height: number },
): ShaderMaterial {
  return new ShaderMaterial({
    uniforms: {
      large: { value: large.texture },
      texel: { value: new Vector2(1 / large.width, 1 / large.height) },
      size: { value: new Vector2(picture.width, picture.height) },
      focal: { value: pinhole.focalPixels },
      k: { value: new Vector2(pinhole.lens.k1, pinhole.lens.k2) },
      tangent: { value: new Vector2(tanX, tanY) },
      frame: { value: 0 },
    },
    // Newton's steps double the digits: four are exact at these radii, none are needed for a straight lens
    defines: { ROUNDS: pinhole.lens.k1 === 0 && pinhole.lens.k2 === 0 ? 0 : 4 },
    vertexShader: QUAD_VERTEX,
    fragmentShader: `uniform sampler2D large; uniform vec2 texel; uniform vec2 size; uniform float focal;
      uniform vec2 k; uniform vec2 tangent; uniform float frame;
      vec2 undistorted(vec2 d) {
        float target = length(d);
        float r = target;
        for (int round = 0; round < ROUNDS; round++) {
          float s = r * r;
          r -= (r * (1.0 + s * (k.x + s * k.y)) - target) / (1.0 + s * (3.0 * k.x + s * 5.0 * k.y));
        }
        return target > 0.0 ? d * (r / target) : d;
      }
      float grain(vec2 at, float seed) {
        return fract(sin(dot(at, vec2(12.9898, 78.233)) + seed * 3.17) * 43758.5453) - 0.5;
      }
      vec3 curve(vec3 x) {
        return clamp((x * (2.51 * x + 0.03)) / (x * (2.43 * x + 0.59) + 0.14), 0.0, 1.0);
      }
      void main() {
        vec2 at = gl_FragCoord.xy;
        vec2 ray = undistorted((at - 0.5 * size) / focal);
        vec2 uv = vec2(0.5 + 0.5 * ray.x / tangent.x, 0.5 - 0.5 * ray.y / tangent.y);
        vec3 light = texture2D(large, uv + vec2(0.32, -0.16) * texel).rgb;
        light = curve((light + texture2D(large, uv - vec2(0.32, -0.16) * texel).rgb) * 0.37);
        vec2 off = at / size - 0.5;
        light *= 1.0 - 0.28 * dot(off, off);
        vec3 coded = mix(light * 12.92, 1.055 * pow(light, vec3(1.0 / 2.4)) - 0.055, step(0.0031308, light));
        float grey = dot(coded, vec3(0.2126, 0.7152, 0.0722));
        coded = mix(vec3(grey), coded, 0.94);
        coded += grain(at, 0.0) * 0.012 + grain(at, frame + 1.0) * 0.004;
        gl_FragColor = vec4(coded, 1.0);
      }`,
    depthTest: false,
    depthWrite: false,
  });
}
