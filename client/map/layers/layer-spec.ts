import type { FeatureCollection, Position } from 'geojson';
import type { Camera } from '#contract/cameras';
import type { CaseSummary } from '#contract/cases';
import type { Ellipse, LonLat, Names, Polygon } from '#contract/shared';
import type { MapSource } from '#contract/map';
import type { Ghost } from '../map-tool.ts';
import type { PartPatch } from '../part-patch.ts';
import type { CellColours, GroundStyle } from '../tiles/messages.ts';
import type { Bounds, MapDivision, MapRoad } from '../overview.ts';

/** What an operator's rectangle shows on the ground while it is drawn. */
export interface Preview {
  footprint: Polygon;
  ellipse: Ellipse;
  ground: LonLat;
  cellOutline?: Polygon;
  parts: { code: string; position: LonLat; className: Names }[];
}

type Language = 'zh' | 'en';

interface Spec<K extends string> {
  id: string;
  kind: K;
  /** Painted from the lowest to the highest. */
  order: number;
  /** 0 to 1. */
  opacity: number;
}

/** A layer of the map as data; `registry.ts` knows how each kind becomes visible. */
export type LayerSpec =
  | (Spec<'ground'> & { bounds: Bounds; style: GroundStyle })
  | (Spec<'imagery'> & { source: MapSource })
  | (Spec<'terrain'> & { source: MapSource })
  | (Spec<'tileset'> & { source: MapSource })
  | (Spec<'lights'> & { bounds: Bounds; colours: CellColours })
  | (Spec<'columns'> & { colours: CellColours })
  | Spec<'buildings'>
  | (Spec<'parts'> & {
      /** Quiet: only close in. Full: counts far out, too. */
      detail: 'quiet' | 'full';
      patches: readonly PartPatch[];
      /** Another number: the tiles are read again. */
      round: number;
      classNames: ReadonlyMap<string, Names>;
      language: Language;
      selected?: { code: string; position: LonLat };
    })
  | (Spec<'coverage'> & { cameras: readonly Camera[] })
  | (Spec<'outline'> & {
      rings: Position[][];
      tone: 'division' | 'cell' | 'building';
      heightMetres?: number;
    })
  | (Spec<'labels'> & {
      divisions: readonly MapDivision[];
      roads: readonly MapRoad[];
      language: Language;
      scale: number;
    })
  | (Spec<'cameras'> & { cameras: readonly Camera[]; language: Language; scale: number; selectedId?: string })
  | (Spec<'features'> & { features: FeatureCollection })
  | (Spec<'ghost'> & { ghost: Ghost })
  | (Spec<'preview'> & { preview: Preview; language: Language })
  | (Spec<'cases'> & {
      cases: readonly CaseSummary[];
      selectedId?: string;
      language: Language;
      scale: number;
    });

export type LayerKind = LayerSpec['kind'];
export type SpecOf<K extends LayerKind> = Extract<LayerSpec, { kind: K }>;
