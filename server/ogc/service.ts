import type { Scope } from '#contract/access';
import type { Context } from '../context.ts';
import type { FeatureLayer } from '../exports/feature-layers.ts';
import { countFeatures, findExtent, listFeatures, toGeoJson } from '../exports/service.ts';
import { GEOJSON, JSON_TYPE, type Address, type Extent, type Link } from './collections.ts';
import type { ItemsQuery } from './read-query.ts';

/** Extents are of a whole layer; nobody needs them to the second. */
const EXTENT_MS = 60_000;
/** Counting farther than this takes longer than the page itself: then it is not said how many match. */
const MOST_COUNTED = 100_000;

/** Where and when a scope's features of a layer are, remembered for a minute. */
export function holdExtents({ db, clock }: Pick<Context, 'db' | 'clock'>) {
  const held = new Map<string, { extent: Extent; at: number }>();
  return async (layer: FeatureLayer, scope: Scope): Promise<Extent> => {
    const key = `${layer.id} ${scope.kind} ${scope.code}`;
    const now = clock.now().getTime();
    const known = held.get(key);
    if (known && Math.abs(now - known.at) < EXTENT_MS) return known.extent;
    const extent = await findExtent(db, layer, scope);
    held.set(key, { extent, at: now });
    return extent;
  };
}

/** A page of items as GeoJSON text, with the link to the next. */
export async function readItems(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  layer: FeatureLayer,
  {
    scope,
    query,
    given,
    address,
  }: {
    scope: Scope;
    query: ItemsQuery;
    /** The parameters as they came, to be repeated in links. */
    given: Record<string, string>;
    address: Address;
  },
): Promise<string> {
  const { limit, after, conditions } = query;
  const found = await listFeatures(db, layer, { scope, conditions, after, limit: limit + 1 });
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const more = found.length > limit && last !== undefined;
  const matched = after === undefined ? await countMatched() : undefined;

  async function countMatched(): Promise<number | undefined> {
    if (!more) return page.length;
    const count = await countFeatures(db, layer, { scope, conditions, most: MOST_COUNTED });
    return count > MOST_COUNTED ? undefined : count;
  }

  const path = `/collections/${layer.id}`;
  const links: Link[] = [
    { href: address(`${path}/items`, given), rel: 'self', type: GEOJSON },
    { href: address(path), rel: 'collection', type: JSON_TYPE },
    ...(more
      ? [{ href: address(`${path}/items`, { ...given, after: last.key }), rel: 'next', type: GEOJSON }]
      : []),
  ];
  const head = JSON.stringify({
    type: 'FeatureCollection',
    timeStamp: clock.now().toISOString(),
    numberReturned: page.length,
    ...(matched === undefined ? {} : { numberMatched: matched }),
    links,
  });
  return `${head.slice(0, -1)},"features":[${page.map((one) => toGeoJson(layer, one)).join(',\n')}]}`;
}
