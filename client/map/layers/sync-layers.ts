import type { LayerKind, LayerSpec, SpecOf } from './layer-spec.ts';
import type { MapHost, PresentLayer } from './present-layer.ts';
import { layerRegistry } from './registry.ts';

/** A layer on the map, whatever its kind. */
export type ShownLayer = Omit<PresentLayer<LayerKind>, 'update'>;

interface Present {
  spec: LayerSpec;
  layer: ShownLayer;
  update: (spec: LayerSpec) => void;
}

/** The layers of one map: compares what is wanted with what is present and changes only the difference. */
export class Layers {
  #present = new Map<string, Present>();
  readonly #host: MapHost;

  constructor(host: MapHost) {
    this.#host = host;
  }

  /**
   * Then asks for one picture: of the globe when something on it came or went, else of the marks alone, which is what
   * a framing needs ten times a second.
   */
  sync(wanted: readonly LayerSpec[]): void {
    let globeChanged = false;
    const ids = new Set(wanted.map(({ id }) => id));
    for (const [id, { layer, spec }] of this.#present)
      if (!ids.has(id)) {
        layer.destroy();
        this.#present.delete(id);
        globeChanged ||= isOnGlobe(spec);
      }
    for (const spec of wanted) if (this.#show(spec)) globeChanged ||= isOnGlobe(spec);
    if (globeChanged) this.#host.requestRender();
    else this.#host.repaint();
  }

  /** From the lowest to the highest. */
  inOrder(): ShownLayer[] {
    return this.inOrderWithOpacity().map(({ layer }) => layer);
  }

  inOrderWithOpacity(): { layer: ShownLayer; opacity: number }[] {
    return [...this.#present.values()]
      .sort((a, b) => a.spec.order - b.spec.order)
      .map(({ layer, spec }) => ({ layer, opacity: spec.opacity }));
  }

  destroy(): void {
    for (const { layer } of this.#present.values()) layer.destroy();
    this.#present.clear();
  }

  /** True when something changed. */
  #show(spec: LayerSpec): boolean {
    const present = this.#present.get(spec.id);
    if (!present) {
      this.#present.set(spec.id, create(this.#host, spec.kind, spec));
      return true;
    }
    if (isSame(present.spec, spec)) return false;
    present.spec = spec;
    present.update(spec);
    return true;
  }
}

function create<K extends LayerKind>(host: MapHost, kind: K, spec: SpecOf<K>): Present {
  const layer = layerRegistry[kind](host, spec);
  return { spec, layer, update: (next) => layer.update(next as SpecOf<K>) };
}

const onGlobe: ReadonlySet<LayerKind> = new Set([
  'ground',
  'imagery',
  'terrain',
  'tileset',
  'lights',
  'columns',
  'buildings',
  'parts',
  'coverage',
]);

function isOnGlobe({ kind }: LayerSpec): boolean {
  return onGlobe.has(kind);
}

function isSame(a: object, b: object): boolean {
  const [left, right] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
  return left.size === right.size && [...left].every(([key, value]) => right.get(key) === value);
}
