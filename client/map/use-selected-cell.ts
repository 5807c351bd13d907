import { useEffect, useState } from 'react';
import type { Cell } from '#contract/grid';
import type { MapScene } from './map-scene.ts';
import type { FoundCell } from './tiles/messages.ts';

/** The outline of the selected cell, out of the tile it lies in; undefined until it is known. */
export function useSelectedCell(scene: MapScene | null, code: string | undefined): FoundCell | undefined {
  const [found, setFound] = useState<FoundCell>();
  useEffect(() => {
    if (!scene || !code) return;
    const stop = new AbortController();
    void findOutline(scene, code, stop.signal).then(
      (cell) => {
        if (!stop.signal.aborted && cell) setFound(cell);
      },
      () => {
        // Without its outline the cell is still selected everywhere else.
      },
    );
    return () => stop.abort();
  }, [scene, code]);
  return found?.code === code ? found : undefined;
}

async function findOutline(scene: MapScene, code: string, signal: AbortSignal): Promise<FoundCell | null> {
  const response = await fetch(`/api/v1/cells/${code}`, { signal });
  if (!response.ok) return null;
  const { centre } = (await response.json()) as Cell;
  return scene.tiles.ask('cell', { position: centre, code });
}
