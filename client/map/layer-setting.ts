/** The layers a person can turn on and off; those of the deployment's own sources carry the id of the source. */
export const ownLayers = [
  'roads',
  'divisions',
  'cells',
  'lights',
  'coverage',
  'buildings',
  'parts',
  'labels',
  'cameras',
  'cases',
] as const;
export type OwnLayer = (typeof ownLayers)[number];
export type LayerId = OwnLayer | `source:${string}`;

/**
 * The order of an array of settings is that of drawing, the lowest first. What lies on the ground (pictures, streets,
 * lights of cells) always lies under what stands on it, and marks and names over both.
 */
export interface LayerSetting {
  id: LayerId;
  shown: boolean;
  /** 0 to 1. */
  opacity: number;
}

export const defaultLayers: readonly LayerSetting[] = ownLayers.map((id) => ({
  id,
  shown: true,
  opacity: 1,
}));

export function isLayerId(text: string): text is LayerId {
  return text.startsWith('source:') || (ownLayers as readonly string[]).includes(text);
}
