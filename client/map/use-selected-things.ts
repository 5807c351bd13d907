import { useQuery } from '@tanstack/react-query';
import type { Feature, MultiPolygon, Polygon, Position } from 'geojson';
import type { Part } from '#contract/parts';
import type { LonLat } from '#contract/shared';
import type { PartPatch } from './part-patch.ts';
import type { Selection } from './selection.ts';

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

/** A house as it stands on the map. */
export interface StandingBuilding {
  rings: Position[][];
  heightMetres: number;
}

/** The whole outline of the selected house, as the register has it: tiles cut houses at their edges. */
export function useSelectedBuilding(selection: Selection | undefined): StandingBuilding | undefined {
  const code = selection?.kind === 'building' ? selection.id : undefined;
  const { data } = useQuery({
    queryKey: ['map', 'building', code],
    queryFn: async ({ signal }): Promise<StandingBuilding> => {
      const path = `/api/v1/ogc/collections/buildings/items/${encodeURIComponent(code ?? '')}`;
      const response = await fetch(path, { signal });
      if (!response.ok) throw new Error(`building: ${response.status}`);
      const { geometry, properties } = (await response.json()) as Feature<
        Polygon | MultiPolygon,
        { heightMetres?: number | null }
      >;
      return {
        rings: geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat(),
        heightMetres: properties.heightMetres ?? 0,
      };
    },
    enabled: code !== undefined,
    retry: 1,
    staleTime: 60_000,
  });
  return data;
}
