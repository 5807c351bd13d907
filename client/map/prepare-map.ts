import { warmTileWorker } from './tiles/tile-client.ts';
import { useClassNames, useMapCameras, useOverview } from './use-map-data.ts';

/**
 * What the first picture needs besides the code of the map, asked for while that code is still on its way: it is
 * 4 MB, and otherwise all of this would wait for it.
 */
export function usePrepareMap(): void {
  useOverview();
  useMapCameras();
  useClassNames();
  warmTileWorker();
}
