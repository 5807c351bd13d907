import type { Sql } from 'sql-template-tag';
import type { Scope } from '#contract/access';
import type { Engine, Queryable } from '../db/database.ts';
import { appError } from '../errors.ts';
import type { FeatureLayer } from './feature-layers.ts';
import * as repository from './repository.ts';
import type { Feature } from './repository.ts';

export { countFeatures, findExtent, listFeatures, type Feature } from './repository.ts';

/** @throws NOT_FOUND, outside the scope too */
export async function getFeature(
  db: Queryable,
  layer: FeatureLayer,
  scope: Scope,
  id: string,
): Promise<Feature> {
  const found = layer.key.isPossible(id) ? await repository.findFeature(db, layer, scope, id) : undefined;
  if (!found) throw appError('NOT_FOUND', { [layer.id]: id });
  return found;
}

/** Small enough on the embedded engine that everybody else gets their turn between two pages. */
const PAGE = { embedded: 500, postgresql: 2_000 } satisfies Record<Engine, number>;

/** All features of a layer, page by page; nothing is read ahead of who takes them. */
export async function* readFeatures(
  db: Queryable & { engine: Engine },
  layer: FeatureLayer,
  given: { scope: Scope; conditions: Sql },
): AsyncGenerator<Feature[]> {
  const limit = PAGE[db.engine];
  let after: string | undefined;
  for (;;) {
    const page = await repository.listFeatures(db, layer, { ...given, after, limit });
    const last = page.at(-1);
    if (last) yield page;
    if (page.length < limit || !last) return;
    after = last.key;
  }
}

/** A feature as GeoJSON text. */
export function toGeoJson(layer: FeatureLayer, { key, geometry, values }: Feature): string {
  const properties = Object.fromEntries(layer.properties.map(({ name }, n) => [name, values[n]]));
  return `{"type":"Feature","id":${JSON.stringify(key)},"geometry":${geometry ?? 'null'},"properties":${JSON.stringify(properties)}}`;
}
