import { useQuery } from '@tanstack/react-query';
import type { Camera } from '#contract/cameras';
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
