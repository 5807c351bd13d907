import type { CellCard } from '#contract/grid';
import type { Part } from '#contract/parts';
import type { LonLat, Polygon } from '#contract/shared';
import type { Ghost, MapTool } from '../../map/map-tool.ts';

/** What is being edited on the map; one thing at a time. */
export type MapEdit =
  | { kind: 'add'; at?: LonLat }
  | { kind: 'fields'; part: Part }
  | { kind: 'move'; part: Part; to?: LonLat }
  | { kind: 'outline'; cell: CellCard; drawn?: Polygon; round: number };

/** What a click on the map does while this is edited; undefined: it selects, as always. */
export function toolOf(edit: MapEdit | null): MapTool | undefined {
  if (edit?.kind === 'add' || edit?.kind === 'move') return 'place';
  if (edit?.kind === 'outline') return edit.drawn ? 'none' : 'draw-polygon';
  return undefined;
}

export function ghostOf(edit: MapEdit | null): Ghost | undefined {
  return edit?.kind === 'move' && edit.to ? { from: edit.part.position, to: edit.to } : undefined;
}

/** A click on the map named a place. */
export function placed(edit: MapEdit | null, at: LonLat): MapEdit | null {
  if (edit?.kind === 'add') return { ...edit, at };
  if (edit?.kind === 'move') return { ...edit, to: at };
  return edit;
}
