import {
  AdditiveBlending,
  AmbientLight,
  BasicShadowMap,
  Color,
  DirectionalLight,
  FloatType,
  Fog,
  HalfFloatType,
  Mesh,
  NearestFilter,
  LinearFilter,
  OrthographicCamera,
  PlaneGeometry,
  Scene,
  ShaderMaterial,
  Vector3,
  WebGLRenderTarget,
} from 'three';
import type { Group, WebGLRenderer } from 'three';
import { HAZE } from './environment.ts';
import type { View } from './view.ts';

export interface BakedLight {
  /** light of the sky and haze; what stays in a shadow */
  sky: WebGLRenderTarget;
  /** that and the light of the sun */
  total: WebGLRenderTarget;
}

export const SUN_COLOUR = new Color(1.0, 0.93, 0.82);
export const SKY_COLOUR = new Color(0.72, 0.84, 1.0);
export const SUN_STRENGTH = 7.2;
export const SKY_STRENGTH = 4.0;
export const BOUNCE_STRENGTH = 0.42;

const REACH_METRES = 85;

/**
 * Lights what stands still. Nothing in it moves, so every lamp of the sky can have its own shadows: the scene is
 * drawn once for each of many directions of the sky and each of a few points of the sun's disc, every time with
 * the picture shifted by a fraction of a pixel, and the pictures are averaged. Soft shadows, darker corners and
 * smooth edges all come out of that.
 */
export async function bakeLight(
  renderer: WebGLRenderer,
  view: View,
  still: Scene,
  environment: Group,
  sun: Vector3,
  size: { width: number; height: number },
  samples: { sky: number; sun: number },
): Promise<BakedLight> {
  const type = renderer.extensions.has('EXT_float_blend') ? FloatType : HalfFloatType;
  const options = { type, minFilter: LinearFilter, magFilter: LinearFilter, depthBuffer: false };
  const baked = {
    sky: new WebGLRenderTarget(size.width, size.height, { ...options, type: HalfFloatType }),
    total: new WebGLRenderTarget(size.width, size.height, { ...options, type: HalfFloatType }),
  };
  const single = new WebGLRenderTarget(size.width, size.height, {
    type: HalfFloatType,
    minFilter: NearestFilter,
    magFilter: NearestFilter,
  });
  const sum = new WebGLRenderTarget(size.width, size.height, {
    ...options,
    minFilter: NearestFilter,
    magFilter: NearestFilter,
  });
  const adder = new FullScreen(true);
  const lamp = makeLamp(view, 2048);
  const bounce = new AmbientLight(new Color(1.0, 0.94, 0.86), BOUNCE_STRENGTH);
  still.add(lamp, lamp.target, bounce);
  renderer.shadowMap.enabled = true;
  renderer.shadowMap.type = BasicShadowMap;
  const run = async (
    count: number,
    target: WebGLRenderTarget,
    aim: (index: number) => Vector3,
  ): Promise<void> => {
    renderer.setRenderTarget(sum);
    renderer.setClearColor(0x000000, 0);
    renderer.clear();
    for (let index = 0; index < count; index++) {
      point(lamp, aim(index));
      const [jx, jy] = [halton(index + 1, 2) - 0.5, halton(index + 1, 3) - 0.5];
      view.camera.setViewOffset(size.width, size.height, jx, jy, size.width, size.height);
      renderer.setRenderTarget(single);
      renderer.clear();
      renderer.render(still, view.camera);
      adder.draw(renderer, single, sum, 1 / count);
      // lets the browser breathe between pictures that each take about a second
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    view.camera.clearViewOffset();
    renderer.setRenderTarget(target);
    renderer.clear();
    adder.draw(renderer, sum, target, 1);
  };
  still.fog = new Fog(HAZE, 40, 1500);
  lamp.color.copy(SKY_COLOUR);
  lamp.intensity = SKY_STRENGTH;
  await run(samples.sky, baked.sky, (index) => skyDirection(index, samples.sky));
  lamp.shadow.dispose();
  lamp.shadow.mapSize.set(4096, 4096);
  lamp.shadow.map = null;
  lamp.color.copy(SUN_COLOUR);
  lamp.intensity = SUN_STRENGTH;
  still.fog = new Fog(new Color(0), 40, 1500);
  bounce.intensity = 0;
  environment.visible = false;
  await run(samples.sun, baked.total, (index) => aroundSun(sun, index));
  adder.draw(renderer, baked.sky, baked.total, 1);
  environment.visible = true;
  still.remove(lamp, lamp.target, bounce);
  lamp.shadow.dispose();
  single.dispose();
  sum.dispose();
  return baked;
}

/** A directional light whose shadows cover what the camera sees nearby. */
export function makeLamp(view: View, mapSize: number): DirectionalLight {
  const lamp = new DirectionalLight();
  lamp.castShadow = true;
  lamp.shadow.mapSize.set(mapSize, mapSize);
  lamp.shadow.bias = -0.0004;
  lamp.shadow.normalBias = 0.04;
  const box = lamp.shadow.camera;
  [box.left, box.right, box.top, box.bottom] = [-REACH_METRES, REACH_METRES, REACH_METRES, -REACH_METRES];
  [box.near, box.far] = [1, 700];
  const ahead = new Vector3(0, 0, -1).applyQuaternion(view.camera.quaternion).setZ(0).normalize();
  lamp.target.position.copy(ahead.multiplyScalar(REACH_METRES * 0.82));
  return lamp;
}

export function point(lamp: DirectionalLight, towards: Vector3): void {
  lamp.position.copy(lamp.target.position).addScaledVector(towards, 350);
  lamp.updateMatrixWorld();
  lamp.target.updateMatrixWorld();
}

/** Evenly over the upper half of the sphere. */
function skyDirection(index: number, count: number): Vector3 {
  const z = (index + 0.5) / count;
  const angle = index * 2.399963;
  const ring = Math.sqrt(1 - z * z);
  return new Vector3(Math.cos(angle) * ring, Math.sin(angle) * ring, Math.max(z, 0.06));
}

function aroundSun(sun: Vector3, index: number): Vector3 {
  const spread = 0.009;
  const [a, b] = [halton(index + 1, 5) - 0.5, halton(index + 1, 7) - 0.5];
  return sun
    .clone()
    .add(new Vector3(a, b, a * b).multiplyScalar(2 * spread))
    .normalize();
}

function halton(index: number, base: number): number {
  let [result, share, rest] = [0, 1, index];
  while (rest > 0) {
    share /= base;
    result += share * (rest % base);
    rest = Math.floor(rest / base);
  }
  return result;
}

/** Copies one target onto another, times a factor, adding or replacing. */
class FullScreen {
  private readonly camera = new OrthographicCamera(-1, 1, 1, -1, 0, 1);
  private readonly scene = new Scene();
  private readonly material: ShaderMaterial;

  constructor(additive: boolean) {
    this.material = new ShaderMaterial({
      uniforms: { picture: { value: null }, factor: { value: 1 } },
      vertexShader: 'void main() { gl_Position = vec4(position.xy, 0.0, 1.0); }',
      fragmentShader: `uniform sampler2D picture; uniform float factor;
        void main() { gl_FragColor = vec4(texelFetch(picture, ivec2(gl_FragCoord.xy), 0).rgb * factor, 1.0); }`,
      depthTest: false,
      depthWrite: false,
      ...(additive && { blending: AdditiveBlending, premultipliedAlpha: true }),
    });
    const quad = new Mesh(new PlaneGeometry(2, 2), this.material);
    quad.frustumCulled = false;
    this.scene.add(quad);
  }

  draw(renderer: WebGLRenderer, from: WebGLRenderTarget, to: WebGLRenderTarget, factor: number): void {
    this.material.uniforms['picture'] = { value: from.texture };
    this.material.uniforms['factor'] = { value: factor };
    renderer.setRenderTarget(to);
    renderer.autoClear = false;
    renderer.render(this.scene, this.camera);
    renderer.autoClear = true;
  }
}
