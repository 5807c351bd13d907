import { createBuildings } from './buildings.ts';
import { createCameras } from './cameras.ts';
import { createCases } from './cases.ts';
import { createColumns } from './columns.ts';
import { createCoverage } from './coverage.ts';
import { createFeatures } from './features.ts';
import { createGhost } from './ghost.ts';
import { createGround } from './ground.ts';
import { createImagery } from './imagery.ts';
import { createLabels } from './labels.ts';
import type { LayerKind } from './layer-spec.ts';
import { createLights } from './lights.ts';
import { createOutline } from './outline.ts';
import { createParts } from './parts.ts';
import type { LayerFactory } from './present-layer.ts';
import { createPreview } from './preview.ts';
import { createTerrain } from './terrain.ts';
import { createTileset } from './tileset.ts';

/** How each kind of layer becomes visible; a kind without an entry does not compile. */
export const layerRegistry: { readonly [K in LayerKind]: LayerFactory<K> } = {
  ground: createGround,
  imagery: createImagery,
  terrain: createTerrain,
  tileset: createTileset,
  lights: createLights,
  columns: createColumns,
  buildings: createBuildings,
  parts: createParts,
  coverage: createCoverage,
  outline: createOutline,
  labels: createLabels,
  cameras: createCameras,
  features: createFeatures,
  ghost: createGhost,
  preview: createPreview,
  cases: createCases,
};
