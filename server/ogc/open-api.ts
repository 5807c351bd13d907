import type { FeatureLayer } from '../exports/feature-layers.ts';
import { GEOJSON, JSON_TYPE, SCHEMA_JSON, schemaOf, type Address } from './collections.ts';
import { MOST_ITEMS } from './read-query.ts';

const answer = (type: string) => ({
  '200': { description: 'OK', content: { [type]: { schema: { type: 'object' } } } },
});
const query = (name: string, schema: object, description: string) => ({
  name,
  in: 'query',
  required: false,
  schema,
  description,
});

/** The document that describes the features to programs. */
export function describeApi(layers: readonly FeatureLayer[], address: Address) {
  const simple = (summary: string, type = JSON_TYPE) => ({ get: { summary, responses: answer(type) } });
  const paging = [
    query('limit', { type: 'integer', minimum: 1, maximum: MOST_ITEMS, default: 500 }, 'Items of a page'),
    query('after', { type: 'string' }, 'Where the next page begins; comes in its link'),
  ];
  const choosing = [
    query(
      'bbox',
      { type: 'array', items: { type: 'number' }, oneOf: [4, 6].map((n) => ({ minItems: n, maxItems: n })) },
      'west,south,east,north in WGS 84 degrees',
    ),
    query('datetime', { type: 'string' }, 'An instant or an interval, RFC 3339, ends may be open'),
  ];
  const paths = layers.flatMap((layer): [path: string, item: object][] => {
    const path = `/collections/${layer.id}`;
    const properties = layer.properties.map((one) => query(one.name, schemaOf(one), one.label.en));
    const items = {
      get: {
        summary: layer.title.en,
        operationId: `${layer.id}.items`,
        parameters: [
          ...paging.map((one) => ({ ...one, style: 'form', explode: false })),
          ...choosing.map((one) => ({ ...one, style: 'form', explode: false })),
          ...properties,
        ],
        responses: answer(GEOJSON),
      },
    };
    const item = {
      get: {
        summary: `One of ${layer.title.en.toLowerCase()}`,
        parameters: [{ name: 'featureId', in: 'path', required: true, schema: { type: 'string' } }],
        responses: answer(GEOJSON),
      },
    };
    return [
      [path, simple(layer.title.en)],
      [`${path}/queryables`, simple(`Queryables of ${layer.title.en.toLowerCase()}`, SCHEMA_JSON)],
      [`${path}/items`, items],
      [`${path}/items/{featureId}`, item],
    ];
  });
  return {
    openapi: '3.0.3',
    info: { title: 'Gridwatch: OGC API – Features', version: '1' },
    servers: [{ url: address('').split('?', 1)[0] }],
    security: [{ key: [] }, { basic: [] }],
    paths: {
      '/': simple('Landing page'),
      '/conformance': simple('Conformance'),
      '/collections': simple('Collections'),
      ...Object.fromEntries(paths),
    },
    components: {
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'An API key' },
        basic: { type: 'http', scheme: 'basic', description: 'Any user name, the API key as password' },
      },
    },
  };
}
