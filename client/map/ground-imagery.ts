import { Rectangle, UrlTemplateImageryProvider, WebMercatorTilingScheme } from '@cesium/engine';
import type { Bounds } from './overview.ts';
import type { TileClient } from './tiles/tile-client.ts';

const TILE_PIXELS = 512;
const FINEST = 18;

/**
 * The ground as pictures drawn in the tile worker. Far levels need nothing but the overview, so that there is a ground
 * before the first tile has come.
 */
export class GroundImagery extends UrlTemplateImageryProvider {
  readonly #tiles: TileClient;
  readonly #onDrawn: (complete: boolean) => void;

  /** `onDrawn` is told of every picture, since the globe does not look for it by itself. */
  constructor(tiles: TileClient, bounds: Bounds, onDrawn: (complete: boolean) => void) {
    const [west, south, east, north] = bounds;
    super({
      url: 'ground/{z}/{x}/{y}',
      tilingScheme: new WebMercatorTilingScheme(),
      rectangle: Rectangle.fromDegrees(west, south, east, north),
      tileWidth: TILE_PIXELS,
      tileHeight: TILE_PIXELS,
      minimumLevel: 8,
      maximumLevel: FINEST,
      hasAlphaChannel: false,
      enablePickFeatures: false,
    });
    this.#tiles = tiles;
    this.#onDrawn = onDrawn;
  }

  override async requestImage(x: number, y: number, level: number): Promise<ImageBitmap> {
    const { image, complete } = await this.#tiles.ask('paint', {
      tile: { z: level, x, y },
      sizePixels: TILE_PIXELS,
    });
    this.#onDrawn(complete);
    return image;
  }
}
