import { createBuildings } from './buildings.ts';
import { createCameras } from './cameras.ts';
import { createCases } from './cases.ts';
import { createCoverage } from './coverage.ts';
import { createGround } from './ground.ts';
import { createLabels } from './labels.ts';
import type { LayerKind } from './layer-spec.ts';
import { createOutline } from './outline.ts';
import { createParts } from './parts.ts';
import type { LayerFactory } from './present-layer.ts';
import { createPreview } from './preview.ts';

/** How each kind of layer becomes visible; a kind without an entry does not compile. */
export const layerRegistry: { readonly [K in LayerKind]: LayerFactory<K> } = {
  ground: createGround,
  buildings: createBuildings,
  parts: createParts,
  coverage: createCoverage,
  outline: createOutline,
  labels: createLabels,
  cameras: createCameras,
  preview: createPreview,
  cases: createCases,
};
