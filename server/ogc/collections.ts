import type { FeatureLayer, Property } from '../exports/feature-layers.ts';

export const GEOJSON = 'application/geo+json';
export const JSON_TYPE = 'application/json';
export const SCHEMA_JSON = 'application/schema+json';
export const OPENAPI_JSON = 'application/vnd.oai.openapi+json;version=3.0';
export const CRS84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84';

const QUERYABLES = 'http://www.opengis.net/def/rel/ogc/1.0/queryables';

/** Classes of OGC API – Features part 1 that hold here. */
export const CONFORMANCE = ['core', 'geojson', 'oas30'].map(
  (name) => `http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/${name}`,
);

export interface Link {
  href: string;
  rel: string;
  type: string;
  title?: string;
}

/** Makes the address of something below the landing page, with the key that the caller's address carried. */
export type Address = (path: string, query?: Record<string, string>) => string;

export function addressesOf(root: string, key: string | undefined): Address {
  return (path, query = {}) => {
    const search = new URLSearchParams({ ...query, ...(key === undefined ? {} : { key }) }).toString();
    return `${root}${path}${search === '' ? '' : `?${search}`}`;
  };
}

export function describeLanding(address: Address) {
  const links: Link[] = [
    { href: address(''), rel: 'self', type: JSON_TYPE, title: 'This document' },
    { href: address('/api'), rel: 'service-desc', type: OPENAPI_JSON, title: 'The API' },
    { href: address('/conformance'), rel: 'conformance', type: JSON_TYPE, title: 'What it conforms to' },
    { href: address('/collections'), rel: 'data', type: JSON_TYPE, title: 'Collections' },
  ];
  return {
    title: '网格瞭望 Gridwatch',
    description: '城市管理单元网格、部件与案件 / grid, parts and cases of a city',
    links,
  };
}

export interface Extent {
  bbox?: number[];
  since?: Date;
}

export function describeCollection(layer: FeatureLayer, address: Address, { bbox, since }: Extent) {
  const path = `/collections/${layer.id}`;
  const title = `${layer.title.zh} ${layer.title.en}`;
  const links: Link[] = [
    { href: address(path), rel: 'self', type: JSON_TYPE, title },
    { href: address(`${path}/items`), rel: 'items', type: GEOJSON, title },
    { href: address(`${path}/queryables`), rel: QUERYABLES, type: SCHEMA_JSON, title: 'Queryables' },
  ];
  return {
    id: layer.id,
    title,
    extent: {
      ...(bbox ? { spatial: { bbox: [bbox], crs: CRS84 } } : {}),
      ...(since ? { temporal: { interval: [[since.toISOString(), null]] } } : {}),
    },
    itemType: 'feature',
    crs: [CRS84],
    links,
  };
}

/** The properties that items may be chosen by, as a JSON schema. */
export function describeQueryables(layer: FeatureLayer, address: Address) {
  return {
    $schema: 'https://json-schema.org/draft/2019-09/schema',
    $id: address(`/collections/${layer.id}/queryables`),
    type: 'object',
    title: `${layer.title.zh} ${layer.title.en}`,
    properties: Object.fromEntries(layer.properties.map((one) => [one.name, schemaOf(one)])),
    additionalProperties: false,
  };
}

export function schemaOf({ type, label }: Property) {
  const title = `${label.zh} ${label.en}`;
  return type === 'date' || type === 'date-time' ? { title, type: 'string', format: type } : { title, type };
}
