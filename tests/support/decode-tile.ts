import { VectorTile, type VectorTileFeature } from '@mapbox/vector-tile';
import Pbf from 'pbf';

/** Features of one layer of a vector tile, none when the tile has no such layer. */
export function decodeTile(bytes: Uint8Array, layer: string): VectorTileFeature[] {
  // The decoder's types name the reader of a newer pbf; the one installed has every method that it calls.
  const found = new VectorTile(new Pbf(bytes) as never).layers[layer];
  return found ? Array.from({ length: found.length }, (_, index) => found.feature(index)) : [];
}
