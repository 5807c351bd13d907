import type { LineString, Polygon } from 'geojson';
import type { LonLat } from '#contract/shared';

/**
 * What a click on the map does instead of selecting. `place` names one point; the others gather points until a double
 * click, Enter or a click on the first point; Esc and Backspace take back.
 */
export type MapTool = 'none' | 'measure-line' | 'measure-area' | 'place' | 'draw-polygon';

/** What has been drawn with a tool. */
export type Drawn = LineString | Polygon;

/** Something that is being moved: where it is and where it would be. */
export interface Ghost {
  from: LonLat;
  to: LonLat;
}
