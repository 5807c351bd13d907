import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Scope } from '#contract/access';
import type { Database } from '../db/database.ts';
import { appError } from '../errors.ts';
import { versionOf } from '../settings/service.ts';
import { ByteCache } from './byte-cache.ts';
import * as repository from './repository.ts';
import { isTileAddress, type TileAddress } from './tile-address.ts';
import type { PartsHolder, PartVersions } from './hold-parts.ts';
import type { PartIndex } from './part-index.ts';
import { countCellsWithin, renderParts } from './render-parts.ts';
import { majorField, MAX_ZOOM, SINGLE_PARTS_ZOOM, tileLayers, type TileLayer } from './tile-layers.ts';

export { findDistrictBounds } from './repository.ts';

const pack = promisify(gzip);

/** An answer in both codings, which have tags of their own (RFC 9110 section 8.8.3.3). */
export interface PackedAnswer {
  plain: Buffer;
  gzipped: Buffer;
  sizeBytes: number;
}

export interface Versioned {
  /** of what the answer is made from, without quotes */
  tag: string;
  read(): Promise<PackedAnswer>;
}

const CACHE_BYTES = 32 * 1024 * 1024;
const caches = new WeakMap<Database, ByteCache<PackedAnswer>>();

/**
 * A tile as its user may see it. The tag comes from the versions of what the tile is made from, so that an unchanged
 * one is recognised without making it; open cases change all the time, so theirs comes from the content.
 * @throws INVALID_INPUT for an address that no tile has
 */
export async function openTile(
  db: Database,
  layer: TileLayer,
  tile: TileAddress,
  scope: Scope,
  parts?: PartsHolder,
): Promise<Versioned> {
  if (!isTileAddress(tile)) throw appError('INVALID_INPUT', { tile });
  const { versions, scoped, minZoom } = tileLayers[layer];
  if (tile.z < minZoom || tile.z > MAX_ZOOM) return holding(Buffer.alloc(0));
  if (versions === undefined)
    return holding(Buffer.from(await repository.renderTile(db, layer, tile, scope)));
  const seenBy = scoped ? `${scope.kind}:${scope.code}` : 'all';
  const of = await Promise.all(versions.map((thing) => versionOf(db, thing)));
  const known = Object.fromEntries(
    versions.map((thing, index) => [thing, of[index]]),
  ) as Partial<PartVersions>;
  const tag = tagOf(`${layer}/${tile.z}/${tile.x}/${tile.y} ${seenBy} ${of.join(' ')}`);
  return {
    tag,
    read: () =>
      remember(db, tag, async () => Buffer.from(await makeTile(db, layer, tile, { scope, parts, known }))),
  };
}

/** From memory what is there, the rest by the database. */
async function makeTile(
  db: Database,
  layer: TileLayer,
  tile: TileAddress,
  { scope, parts, known }: { scope: Scope; parts: PartsHolder | undefined; known: Partial<PartVersions> },
): Promise<Uint8Array> {
  const counted = layer === 'parts' || (layer === 'cells' && tile.z < SINGLE_PARTS_ZOOM);
  const index = counted && parts ? await findPartsInMemory(db, parts, known) : undefined;
  if (!index) return repository.renderTile(db, layer, tile, scope);
  if (layer === 'parts') return renderParts(index, tile, scope);
  return repository.renderTile(db, layer, tile, scope, countCellsWithin(index, tile, scope));
}

/** Parts in memory as of now, or as of versions asked for already; undefined while they are being loaded. */
export async function findPartsInMemory(
  db: Database,
  holder: PartsHolder,
  known: Partial<PartVersions> = {},
): Promise<PartIndex | undefined> {
  const [parts, cells, dictionary] = await Promise.all([
    known.parts ?? versionOf(db, 'parts'),
    known.cells ?? versionOf(db, 'cells'),
    known.dictionary ?? versionOf(db, 'dictionary'),
  ]);
  return holder.at({ parts, cells, dictionary });
}

/** The whole district at a glance: divisions, roads and bounds as JSON text. */
export async function openOverview(db: Database): Promise<Versioned> {
  const versions = [await versionOf(db, 'divisions'), await versionOf(db, 'roads')];
  const tag = tagOf(`overview ${versions.join(' ')}`);
  return { tag, read: () => remember(db, tag, async () => Buffer.from(await repository.renderOverview(db))) };
}

/** TileJSON 3.0.0 of a layer. A key that it was asked for with goes into the addresses of its tiles. */
export async function describeLayer(
  db: Database,
  layer: TileLayer,
  { origin, key }: { origin: string; key?: string | undefined },
) {
  const { description, minZoom } = tileLayers[layer];
  const bounds = await repository.findDistrictBounds(db);
  const fields = { ...tileLayers[layer].fields, ...(layer === 'parts' ? await describeMajors(db) : {}) };
  const query = key === undefined ? '' : `?key=${encodeURIComponent(key)}`;
  return {
    tilejson: '3.0.0',
    name: layer,
    description,
    scheme: 'xyz',
    tiles: [`${origin}/api/v1/tiles/${layer}/{z}/{x}/{y}.mvt${query}`],
    minzoom: minZoom,
    maxzoom: MAX_ZOOM,
    ...(bounds ? { bounds } : {}),
    vector_layers: [{ id: layer, description, minzoom: minZoom, maxzoom: MAX_ZOOM, fields }],
  };
}

async function describeMajors(db: Database): Promise<Record<string, string>> {
  const majors = new Set((await repository.listMajorClasses(db)).values());
  return Object.fromEntries(
    [...majors].sort().map((major) => [majorField(major), `parts of major class ${major}, below zoom 13`]),
  );
}

async function holding(plain: Buffer): Promise<Versioned> {
  return { tag: tagOf(plain), read: () => packAnswer(plain) };
}

async function remember(db: Database, key: string, make: () => Promise<Buffer>): Promise<PackedAnswer> {
  const cache = caches.get(db) ?? new ByteCache<PackedAnswer>(CACHE_BYTES);
  caches.set(db, cache);
  const known = cache.get(key);
  if (known) return known;
  const answer = await packAnswer(await make());
  cache.set(key, answer);
  return answer;
}

async function packAnswer(plain: Buffer): Promise<PackedAnswer> {
  const gzipped = plain.length === 0 ? plain : await pack(plain);
  return { plain, gzipped, sizeBytes: plain.length + gzipped.length };
}

function tagOf(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('base64url').slice(0, 22);
}
