import { Rectangle, UrlTemplateImageryProvider, WebMercatorTilingScheme } from '@cesium/engine';
import type { Bounds } from './overview.ts';
import type { TileAddress } from './tiles/tile-grid.ts';

const TILE_PIXELS = 512;
const COARSEST = 8;
const FINEST = 18;

export interface PaintRequest {
  tile: TileAddress;
  sizePixels: number;
}

interface GroundImageryOptions {
  hasAlpha: boolean;
  paint: (request: PaintRequest) => Promise<{ image: ImageBitmap; complete: boolean }>;
  /** Told of every picture, since the globe does not look for it by itself. */
  onDrawn: (complete: boolean) => void;
}

/**
 * The ground as pictures drawn in the tile worker. Far levels need nothing but the overview, so that there is a ground
 * before the first tile has come.
 */
export class GroundImagery extends UrlTemplateImageryProvider {
  readonly #options: GroundImageryOptions;

  constructor(bounds: Bounds, options: GroundImageryOptions) {
    const [west, south, east, north] = bounds;
    super({
      url: 'ground/{z}/{x}/{y}',
      tilingScheme: new WebMercatorTilingScheme(),
      rectangle: Rectangle.fromDegrees(west, south, east, north),
      tileWidth: TILE_PIXELS,
      tileHeight: TILE_PIXELS,
      minimumLevel: COARSEST,
      maximumLevel: FINEST,
      hasAlphaChannel: options.hasAlpha,
      enablePickFeatures: false,
    });
    this.#options = options;
  }

  override async requestImage(x: number, y: number, level: number): Promise<ImageBitmap> {
    const { image, complete } = await this.#options.paint({
      tile: { z: level, x, y },
      sizePixels: TILE_PIXELS,
    });
    this.#options.onDrawn(complete);
    return image;
  }
}
