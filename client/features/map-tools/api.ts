import { queryOptions } from '@tanstack/react-query';
import type { MapView, NewMapView } from '#contract/map';
import { fetchJson } from '../access/fetch-json.ts';

/** My saved views and those that are shared. */
export const mapViewsQuery = queryOptions({
  queryKey: ['map', 'views'],
  queryFn: async ({ signal }) => (await fetchJson<{ items: MapView[] }>('/map/views', { signal })).items,
});

export function addMapView(view: NewMapView): Promise<MapView> {
  return fetchJson('/map/views', { method: 'POST', body: view });
}

export function replaceMapView(id: string, view: NewMapView): Promise<MapView> {
  return fetchJson(`/map/views/${encodeURIComponent(id)}`, { method: 'PUT', body: view });
}

export function removeMapView(id: string): Promise<void> {
  return fetchJson(`/map/views/${encodeURIComponent(id)}`, { method: 'DELETE' });
}
