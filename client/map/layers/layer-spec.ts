import type { Position } from 'geojson';
import type { Camera } from '#contract/cameras';
import type { CaseSummary } from '#contract/cases';
import type { Ellipse, LonLat, Names, Polygon } from '#contract/shared';
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
}

/** A layer of the map as data; `registry.ts` knows how each kind becomes visible. */
export type LayerSpec =
  | (Spec<'ground'> & { bounds: Bounds })
  | Spec<'buildings'>
  | Spec<'parts'>
  | (Spec<'coverage'> & { cameras: readonly Camera[] })
  | (Spec<'outline'> & { rings: Position[][]; tone: 'division' | 'cell' })
  | (Spec<'labels'> & {
      divisions: readonly MapDivision[];
      roads: readonly MapRoad[];
      language: Language;
      scale: number;
    })
  | (Spec<'cameras'> & { cameras: readonly Camera[]; language: Language; scale: number })
  | (Spec<'preview'> & { preview: Preview; language: Language })
  | (Spec<'cases'> & {
      cases: readonly CaseSummary[];
      selectedId?: string;
      language: Language;
      scale: number;
    });

export type LayerKind = LayerSpec['kind'];
export type SpecOf<K extends LayerKind> = Extract<LayerSpec, { kind: K }>;
