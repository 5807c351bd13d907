import type { LonLat } from '#contract/shared';
import type { Pickable } from './layers/present-layer.ts';
import type { MapScene } from './map-scene.ts';
import type { MapDivision } from './overview.ts';
import type { ScreenPoint } from './projector.ts';
import { isSameSelection, type Selection } from './selection.ts';

/** Beyond these metres per pixel a cell, or a house, is too small to be meant. */
const CELLS_BELOW = 5;
const BUILDINGS_BELOW = 4;
/** Beyond this a community is too small, too. */
const COMMUNITIES_BELOW = 14;
/** So near to the last click another one means the next thing there. */
const SAME_PLACE_PIXELS = 6;

export interface Candidate extends Selection {
  position?: LonLat;
}

/** What can be selected at a point: marks, the house, the cell and the divisions below it, the uppermost first. */
export async function findCandidates(
  scene: MapScene,
  marks: readonly Pickable[],
  ground: LonLat | null,
  point: ScreenPoint,
  { divisions, buildings }: { divisions: readonly MapDivision[]; buildings: boolean },
): Promise<Candidate[]> {
  const found: Candidate[] = marks.flatMap(({ kind, id, position }) =>
    kind === 'case' || kind === 'camera' || kind === 'part' ? [{ kind, id, position }] : [],
  );
  const { metresPerPixel } = scene.view;
  const sight = scene.sightThrough(point);
  const [building, cell] = await Promise.all([
    buildings && sight && metresPerPixel < BUILDINGS_BELOW
      ? scene.tiles.ask('building-at', sight).catch(() => null)
      : null,
    ground && metresPerPixel < CELLS_BELOW
      ? scene.tiles.ask('cell', { position: ground }).catch(() => null)
      : null,
  ]);
  if (building?.code) found.push({ kind: 'building', id: building.code, position: building.position });
  if (cell && ground) found.push({ kind: 'cell', id: cell.code, position: ground });
  if (ground) {
    const levels = metresPerPixel < COMMUNITIES_BELOW ? ['community', 'subdistrict'] : ['subdistrict'];
    for (const level of levels) {
      const division = divisions.find((one) => one.level === level && isInside(one, ground));
      if (division) found.push({ kind: 'division', id: division.code, position: ground });
    }
  }
  return found;
}

/** Goes from one thing to the next below it while a person clicks at the same place. */
export class ClickCycle {
  #at: ScreenPoint | null = null;

  /** What a click at a point means, given what lies there and what is selected. */
  choose(
    candidates: readonly Candidate[],
    point: ScreenPoint,
    selected: Selection | undefined,
  ): Candidate | undefined {
    const before = this.#at;
    this.#at = point;
    const again = before && Math.hypot(before.x - point.x, before.y - point.y) <= SAME_PLACE_PIXELS;
    const index = again ? candidates.findIndex((one) => isSameSelection(one, selected)) : -1;
    return candidates[(index + 1) % Math.max(1, candidates.length)];
  }
}

/** Even-odd over all rings of a division. */
export function isInside(
  { rings, bounds }: Pick<MapDivision, 'rings' | 'bounds'>,
  { lon, lat }: LonLat,
): boolean {
  const [west, south, east, north] = bounds;
  if (lon < west || lon > east || lat < south || lat > north) return false;
  let inside = false;
  for (const ring of rings)
    for (let at = 0; at + 1 < ring.length; at += 1) {
      const [aLon = 0, aLat = 0] = ring[at] ?? [];
      const [bLon = 0, bLat = 0] = ring[at + 1] ?? [];
      if (aLat > lat !== bLat > lat && lon < ((bLon - aLon) * (lat - aLat)) / (bLat - aLat) + aLon)
        inside = !inside;
    }
  return inside;
}
