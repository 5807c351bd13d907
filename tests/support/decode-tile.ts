import { VectorTile, type VectorTileFeature } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';

/** Features of one layer of a vector tile, none when the tile has no such layer. */
export function decodeTile(bytes: Uint8Array, layer: string): VectorTileFeature[] {
  const found = new VectorTile(new PbfReader(bytes)).layers[layer];
  return found ? Array.from({ length: found.length }, (_, index) => found.feature(index)) : [];
}
