import { readFileSync } from 'node:fs';

import { parse } from 'csv-parse/sync';
import type { Geometry } from 'geojson';
import type { ImportLayer } from '#contract/imports';
import { appError } from '../../errors.ts';
import { openForeign } from './gdal.ts';
import { asText, FEATURE_ID } from './geojson.ts';
import { limits } from './limits.ts';
import { readText } from './read-text.ts';
import { splitJson } from './split-json.ts';
import type { RowChunk, Source } from './source.ts';

/** Layers GDAL makes of an OSM file that hold what a layer of ours wants. */
const groups: Record<ImportLayer, readonly string[]> = {
  parts: ['points', 'multipolygons'],
  cameras: ['points'],
  cases: ['points'],
  buildings: ['multipolygons', 'lines'],
  roads: ['lines'],
  divisions: ['multipolygons'],
  cells: ['multipolygons'],
};

/** Columns worked out of the tags. */
const CLASS = '@class';
const HEIGHT = '@height';
const BUILDING = '@building_kind';
const ROAD_CLASS = '@road_class';
const CARRIAGEWAY = '@carriageway';
const FOOTWAY = '@footway';

type Tags = Record<string, string>;

/**
 * An OSM file, XML or PBF, by GDAL: nodes, ways and relations that mean something for the layer, with their tags as
 * columns, and columns (`@class`, `@height`, …) worked out from the tags by the tables of `data/import`. Everything else
 * in the file is no row.
 *
 * @throws IMPORT_BROKEN_FILE, IMPORT_EMPTY, IMPORT_TOO_LARGE
 */
export async function openOsm(
  path: string,
  bytesTotal: number,
  layer: ImportLayer,
  workFolder: string,
): Promise<Source> {
  if (bytesTotal > limits.foreignBytes)
    throw appError('IMPORT_TOO_LARGE', { bytes: bytesTotal, limitBytes: limits.foreignBytes });
  const meaning = readMeaning(layer);
  const texts = await convert(path, groups[layer], workFolder);
  const columns = new Set<string>([FEATURE_ID, ...meaning.columns]);
  let rows = 0;
  for await (const { tags } of readFeatures(texts, meaning)) {
    rows += tags.length;
    for (const one of tags)
      for (const key of Object.keys(one)) if (columns.size < limits.columns) columns.add(key);
  }
  if (rows === 0) throw appError('IMPORT_EMPTY', { layer });
  return {
    format: 'osm',
    sourceLayers: [],
    hasGeometry: true,
    columns: [...columns],
    datum: 'wgs84',
    bytesTotal,
    read(wanted) {
      return { positions: wanted.map((_, index) => index), chunks: readRows(wanted) };
    },
  };

  async function* readRows(wanted: string[]): AsyncGenerator<RowChunk> {
    for await (const { tags, geometries, lines, progress } of readFeatures(texts, meaning))
      yield {
        lines,
        cells: tags.map((one) => wanted.map((name) => one[name])),
        geometries,
        problems: [],
        bytesRead: Math.round(progress * bytesTotal),
      };
  }
}

/** GDAL reads an OSM file from its start for each group, and leaves the text of it in the work folder. */
async function convert(path: string, names: readonly string[], workFolder: string): Promise<string[]> {
  const texts: string[] = [];
  for (const name of names) {
    const file = await openForeign(path, workFolder, ['TAGS_FORMAT=JSON']);
    try {
      if (!file.layers.some((layer) => layer.name === name)) continue;
      texts.push(await file.write(['-lco', 'COORDINATE_PRECISION=7', name], `osm-${name}`));
    } finally {
      await file.close();
    }
  }
  if (texts.length === 0) {
    throw appError('IMPORT_BROKEN_FILE', { reason: 'NO_OSM_LAYERS' });
  }
  return texts;
}

interface Meaning {
  columns: string[];
  /** Adds the columns worked out; false: the feature is nothing to this layer. */
  read(tags: Tags): boolean;
}

async function* readFeatures(texts: string[], meaning: Meaning) {
  let number = 0;
  for (const [index, path] of texts.entries()) {
    for await (const { objects } of splitJson(readText(path, 'utf-8'), { kind: 'sequence' })) {
      const chunk = {
        tags: [] as Tags[],
        geometries: [] as (Geometry | null)[],
        lines: [] as number[],
        progress: (index + 1) / texts.length,
      };
      for (const text of objects) {
        const feature = JSON.parse(text) as {
          geometry: Geometry | null;
          properties: Record<string, string | null>;
        };
        const tags = readTags(feature.properties, feature.geometry);
        number++;
        if (!meaning.read(tags)) continue;
        chunk.tags.push(tags);
        chunk.geometries.push(feature.geometry);
        chunk.lines.push(number);
      }
      yield chunk;
    }
  }
}

/** GDAL makes columns of a few tags and puts the rest, as JSON, into another. */
function readTags(properties: Record<string, unknown>, geometry: Geometry | null): Tags {
  const tags: Tags = {};
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || key === 'osm_id' || key === 'osm_way_id') continue;
    if (key !== 'other_tags') tags[key] = asText(value)!;
    else Object.assign(tags, typeof value === 'string' ? (JSON.parse(value) as Tags) : value);
  }
  const way = asText(properties['osm_way_id']);
  const id = way ?? asText(properties['osm_id']);
  const kind =
    geometry?.type === 'Point' ? 'node' : geometry?.type === 'LineString' || way ? 'way' : 'relation';
  if (id) tags[FEATURE_ID] = `${kind}/${id}`;
  return tags;
}

function readMeaning(layer: ImportLayer): Meaning {
  if (layer === 'parts') return readPartMeaning();
  if (layer === 'buildings') return { columns: [HEIGHT, BUILDING], read: readBuilding };
  if (layer === 'roads') return readRoadMeaning();
  if (layer === 'cameras') return { columns: [], read: (tags) => tags['man_made'] === 'surveillance' };
  if (layer === 'divisions') return { columns: [], read: (tags) => tags['boundary'] === 'administrative' };
  return { columns: [], read: () => true };
}

function readTable(name: string): Record<string, string>[] {
  return parse(readFileSync(new URL(`../../../data/import/${name}`, import.meta.url), 'utf8'), {
    columns: true,
  });
}

function readPartMeaning(): Meaning {
  const rules = readTable('osm-classes.csv').map((row) => ({
    tag: readTag(row['tag']!),
    also: row['also'] ? readTag(row['also']) : undefined,
    class: row['class']!,
  }));
  const keys = new Set(rules.map(({ tag }) => tag.key));
  return {
    columns: [CLASS],
    read(tags) {
      if (!Object.keys(tags).some((key) => keys.has(key))) return false;
      const rule = rules.find(({ tag, also }) => has(tags, tag) && (!also || has(tags, also)));
      if (!rule) return false;
      tags[CLASS] = rule.class;
      return true;
    },
  };
}

interface Tag {
  key: string;
  value: string;
}

function readTag(text: string): Tag {
  const at = text.indexOf('=');
  return { key: text.slice(0, at), value: text.slice(at + 1) };
}

function has(tags: Tags, { key, value }: Tag): boolean {
  const own = tags[key];
  return own !== undefined && (value === '*' ? own !== 'no' : own.split(';').includes(value));
}

const STOREY_METRES = 3;

function readBuilding(tags: Tags): boolean {
  // Parts of a building, which say its shape in three dimensions, come as closed lines.
  const kind = tags['building'] ?? tags['building:part'];
  if (!kind || kind === 'no') return false;
  const levels = Number(tags['building:levels']);
  const height = tags['height'] ?? (levels > 0 ? String(levels * STOREY_METRES) : undefined);
  if (height) tags[HEIGHT] = height;
  if (kind !== 'yes') tags[BUILDING] = kind;
  return true;
}

function readRoadMeaning(): Meaning {
  const classes = new Map(readTable('osm-roads.csv').map((row) => [row['highway']!, row]));
  const LANE_METRES = 3.5;
  return {
    columns: [ROAD_CLASS, CARRIAGEWAY, FOOTWAY],
    read(tags) {
      const row = classes.get(tags['highway'] ?? '');
      if (!row) return false;
      const lanes = Number(tags['lanes']);
      tags[ROAD_CLASS] = row['class']!;
      tags[CARRIAGEWAY] =
        tags['width'] ?? (lanes > 0 ? String(lanes * LANE_METRES) : row['carriageway_metres']!);
      if (Number(row['footway_metres']) > 0) tags[FOOTWAY] = row['footway_metres']!;
      return true;
    },
  };
}
