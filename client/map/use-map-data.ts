import { useQuery } from '@tanstack/react-query';
import type { Camera } from '#contract/cameras';
import type { CellFigures, MapSource } from '#contract/map';
import type { Names } from '#contract/shared';
import { fetchOverview } from './overview.ts';

const RETRY_MS = 5_000;
const CAMERAS_AGAIN_MS = 60_000;

/** The district's outlines and roads; asks until the server answers. */
export function useOverview() {
  return useQuery({
    queryKey: ['map', 'overview'],
    queryFn: ({ signal }) => fetchOverview(signal),
    staleTime: Infinity,
    gcTime: Infinity,
    retry: false,
    refetchInterval: ({ state }) => (state.data ? false : RETRY_MS),
  });
}

const noCameras: Camera[] = [];

/** Cameras of my scope with what they see; the same array until one changes. */
export function useMapCameras(): Camera[] {
  const { data } = useQuery({
    queryKey: ['map', 'cameras'],
    queryFn: ({ signal }) => fetchCameras(signal),
    staleTime: CAMERAS_AGAIN_MS,
    refetchInterval: CAMERAS_AGAIN_MS,
    retry: 1,
  });
  return data ?? noCameras;
}

async function fetchCameras(signal: AbortSignal): Promise<Camera[]> {
  const cameras: Camera[] = [];
  let after: string | undefined;
  do {
    const query = after ? `?${new URLSearchParams({ after })}` : '';
    const response = await fetch(`/api/v1/cameras${query}`, { signal });
    if (!response.ok) throw new Error(`cameras: ${response.status}`);
    const page = (await response.json()) as { items: Camera[]; next?: string };
    cameras.push(...page.items);
    after = page.next;
  } while (after);
  return cameras;
}

const noNames: ReadonlyMap<string, Names> = new Map();

/** Names of the classes of parts by id, of the dictionary in force. */
export function useClassNames(): ReadonlyMap<string, Names> {
  const { data } = useQuery({
    queryKey: ['map', 'class-names'],
    queryFn: async ({ signal }) => {
      const response = await fetch('/api/v1/classes', { signal });
      if (!response.ok) throw new Error(`classes: ${response.status}`);
      const { items } = (await response.json()) as { items: { id: string; name: Names }[] };
      return new Map(items.map(({ id, name }) => [id, name]));
    },
    staleTime: Infinity,
    retry: 2,
  });
  return data ?? noNames;
}

const FIGURES_AGAIN_MS = 120_000;

/** Scores of the cells; asked for only when they are shown. */
export function useCellFigures(wanted: boolean): { figures: CellFigures | undefined; failed: boolean } {
  const { data, isError } = useQuery({
    queryKey: ['map', 'cell-figures'],
    queryFn: async ({ signal }) => {
      const response = await fetch('/api/v1/map/cells', { signal });
      if (!response.ok) throw new Error(`cell figures: ${response.status}`);
      return (await response.json()) as CellFigures;
    },
    enabled: wanted,
    staleTime: FIGURES_AGAIN_MS,
    refetchInterval: FIGURES_AGAIN_MS,
    retry: 1,
  });
  return { figures: data, failed: isError };
}

const noSources: readonly MapSource[] = [];

/** What the deployment has besides its own tiles; none when it cannot be read. */
export function useMapSources(wanted = true): readonly MapSource[] {
  const { data } = useQuery({
    queryKey: ['map', 'sources'],
    queryFn: async ({ signal }) => {
      const response = await fetch('/api/v1/map/sources', { signal });
      if (!response.ok) throw new Error(`map sources: ${response.status}`);
      return ((await response.json()) as { items: MapSource[] }).items;
    },
    enabled: wanted,
    staleTime: Infinity,
    retry: 1,
  });
  return data ?? noSources;
}
