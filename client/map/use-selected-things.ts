import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Part } from '#contract/parts';
import type { LonLat } from '#contract/shared';
import type { MapScene } from './map-scene.ts';
import type { PartPatch } from './part-patch.ts';
import type { Selection } from './selection.ts';
import type { FoundBuilding } from './tiles/messages.ts';

/** Where the selected part is; `patched` wins, since it is what was just done. */
export function useSelectedPart(
  selection: Selection | undefined,
  patched: PartPatch | undefined,
): { code: string; position: LonLat } | undefined {
  const code = selection?.kind === 'part' ? selection.id : undefined;
  const { data } = useQuery({
    queryKey: ['map', 'part', code],
    queryFn: async ({ signal }) => {
      const response = await fetch(`/api/v1/parts/${encodeURIComponent(code ?? '')}`, { signal });
      if (!response.ok) throw new Error(`part: ${response.status}`);
      return ((await response.json()) as Part).position;
    },
    enabled: code !== undefined,
    retry: 1,
    staleTime: 10_000,
  });
  const position = patched?.gone ? undefined : (patched?.position ?? data);
  return code && position ? { code, position } : undefined;
}

/** The outline of the selected house, out of the tile it lies in. */
export function useSelectedBuilding(
  scene: MapScene | null,
  selection: Selection | undefined,
  position: LonLat | undefined,
): FoundBuilding | undefined {
  const [found, setFound] = useState<FoundBuilding>();
  const code = selection?.kind === 'building' ? selection.id : undefined;
  const [lon, lat] = [position?.lon, position?.lat];
  useEffect(() => {
    if (!scene || !code || lon === undefined || lat === undefined) return;
    let over = false;
    scene.tiles.ask('building-of', { code, position: { lon, lat } }).then(
      (building) => {
        if (!over && building) setFound(building);
      },
      () => {
        // Without its outline the house is still selected everywhere else.
      },
    );
    return () => {
      over = true;
    };
  }, [scene, code, lon, lat]);
  return found?.code === code ? found : undefined;
}
