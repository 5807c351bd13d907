import type { PartPatch } from '../part-patch.ts';
import { createPointCloud, type PointCloud } from '../point-cloud.ts';
import { colourOfClass } from '../parts/part-icon.ts';
import { isInTile, patchParts } from '../parts/patch-parts.ts';
import { PartMarks } from '../parts/part-marks.ts';
import { PartCountMarks } from '../parts/part-count-marks.ts';
import type { TileParts } from '../tiles/messages.ts';
import { tilesAround } from '../tiles/tile-grid.ts';
import type { SpecOf } from './layer-spec.ts';
import type { LayerFactory, View } from './present-layer.ts';
import { TileSet } from './tile-set.ts';

/** Tiles of single parts. */
const TILE_ZOOM = 15;
const KEPT_TILES = 96;
/** Quietly parts are seen only close in; as a layer of its own right they are counts before they are points. */
const SHOWN_WITHIN_METRES = { quiet: 1_100, full: 4_800 } as const;
const HEIGHT_METRES = 0.6;

/** Points of a tile with what they are. */
export interface PartCloud extends PointCloud {
  parts: TileParts;
}

/** Parts: counts far out, points nearer, icons close in. */
export const createParts: LayerFactory<'parts'> = (host, first) => {
  let spec = first;
  let view: View | null = null;
  let patches = new Map(spec.patches.map((patch) => [patch.code, patch]));
  const look = () => ({ sizePixels: sizeAt(view), opacity: spec.opacity });
  const set = new TileSet<PartCloud>({
    collection: host.scene.primitives,
    kept: KEPT_TILES,
    changed: host.requestRender,
    async load(tile) {
      const parts = patchParts(tile, await host.tiles.ask('parts', { tile }), patches);
      return parts.codes.length === 0 ? null : makeCloud(parts, look());
    },
  });
  const marks = new PartMarks(set);
  const counts = new PartCountMarks(host);

  const follow = () => {
    if (!view) return;
    const near = view.rangeMetres < SHOWN_WITHIN_METRES[spec.detail];
    set.want(near ? tilesAround(view.centre, Math.min(5_200, 250 + view.rangeMetres * 0.95), TILE_ZOOM) : []);
    counts.follow(near || spec.detail === 'quiet' ? null : view);
    const next = look();
    for (const cloud of set.all()) Object.assign(cloud.appearance.uniforms, next);
  };

  return {
    update(next) {
      const before = spec;
      spec = next;
      if (next.round !== before.round) {
        // The worker takes its questions in order: what is asked from now on is read anew.
        void host.tiles.ask('forget-parts', null).catch(() => undefined);
        patches = new Map(next.patches.map((patch) => [patch.code, patch]));
        set.reload();
        counts.reload();
      } else if (next.patches !== before.patches) {
        const changed = changedPatches(before, next);
        patches = new Map(next.patches.map((patch) => [patch.code, patch]));
        const codes = new Set(changed.map(({ code }) => code));
        set.reloadWhere(
          (tile, cloud) =>
            changed.some((one) => !one.gone && isInTile(tile, one.position.lon, one.position.lat)) ||
            (cloud?.parts.codes.some((code) => codes.has(code)) ?? false),
        );
      }
      follow();
      host.requestRender();
    },
    destroy() {
      set.destroy();
      counts.destroy();
    },
    viewChanged(next) {
      view = next;
      follow();
    },
    layout(frame) {
      marks.layout(frame, spec);
      const opacity = marks.asIcons && frame.motion === 'rest' ? 0 : spec.opacity;
      for (const { appearance } of set.shown()) {
        if (appearance.uniforms.opacity === opacity) continue;
        appearance.uniforms.opacity = opacity;
        host.requestRender();
      }
      counts.layout(frame);
    },
    paint(frame) {
      counts.paint(frame);
      marks.paint(frame, spec);
    },
    pickAt: (point) => marks.pickAt(point) ?? counts.pickAt(point),
    pickables: () => [...marks.pickables(), ...counts.pickables()],
  };
};

function makeCloud(parts: TileParts, look: { sizePixels: number; opacity: number }): PartCloud {
  const colours = new Uint8Array(parts.codes.length * 4);
  parts.classes.forEach((id, n) => {
    colours.set(colourOfClass(id), 4 * n);
    colours[4 * n + 3] = parts.states[n] === 'intact' ? 255 : 128;
  });
  const cloud = createPointCloud({ positions: parts.positions, colours }, HEIGHT_METRES, look);
  return Object.assign(cloud, { parts });
}

function changedPatches(before: SpecOf<'parts'>, next: SpecOf<'parts'>): readonly PartPatch[] {
  const known = new Set(before.patches);
  const still = new Set(next.patches);
  return [
    ...next.patches.filter((patch) => !known.has(patch)),
    ...before.patches.filter((patch) => !still.has(patch)),
  ];
}

/** Small where they are many. */
function sizeAt(view: View | null): number {
  const metres = view?.metresPerPixel ?? 1;
  return metres > 2.2 ? 3 : metres > 0.9 ? 4 : 5.5;
}
