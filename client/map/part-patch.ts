import type { PartState } from '#contract/parts';
import type { LonLat } from '#contract/shared';

/** How a part is now, whatever its tile says. `gone`: it is not on the map any more. */
export type PartPatch =
  | { code: string; class: string; position: LonLat; state: PartState; version: number; gone?: undefined }
  | { code: string; gone: true; version?: number };
