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
import { MAX_ZOOM, tileLayers, type TileLayer } from './tile-layers.ts';

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
): Promise<Versioned> {
  if (!isTileAddress(tile)) throw appError('INVALID_INPUT', { tile });
  const { versions, scoped, minZoom } = tileLayers[layer];
  if (tile.z < minZoom || tile.z > MAX_ZOOM) return holding(Buffer.alloc(0));
  if (versions === undefined)
    return holding(Buffer.from(await repository.renderTile(db, layer, tile, scope)));
  const seenBy = scoped ? `${scope.kind}:${scope.code}` : 'all';
  const of = await Promise.all(versions.map((thing) => versionOf(db, thing)));
  const tag = tagOf(`${layer}/${tile.z}/${tile.x}/${tile.y} ${seenBy} ${of.join(' ')}`);
  return {
    tag,
    read: () =>
      remember(db, tag, async () => Buffer.from(await repository.renderTile(db, layer, tile, scope))),
  };
}

/** The whole district at a glance: divisions, roads and bounds as JSON text. */
export async function openOverview(db: Database): Promise<Versioned> {
  const versions = [await versionOf(db, 'divisions'), await versionOf(db, 'roads')];
  const tag = tagOf(`overview ${versions.join(' ')}`);
  return { tag, read: () => remember(db, tag, async () => Buffer.from(await repository.renderOverview(db))) };
}

/** TileJSON 3.0.0 of a layer. */
export async function describeLayer(db: Database, layer: TileLayer, origin: string) {
  const { description, fields, minZoom } = tileLayers[layer];
  const bounds = await repository.findDistrictBounds(db);
  return {
    tilejson: '3.0.0',
    name: layer,
    description,
    scheme: 'xyz',
    tiles: [`${origin}/api/v1/tiles/${layer}/{z}/{x}/{y}.mvt`],
    minzoom: minZoom,
    maxzoom: MAX_ZOOM,
    ...(bounds ? { bounds } : {}),
    vector_layers: [{ id: layer, description, minzoom: minZoom, maxzoom: MAX_ZOOM, fields }],
  };
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
