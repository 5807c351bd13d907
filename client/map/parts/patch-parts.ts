import { toMercator } from '../earth.ts';
import type { PartPatch } from '../part-patch.ts';
import type { TileParts } from '../tiles/messages.ts';
import type { TileAddress } from '../tiles/tile-grid.ts';

export function isInTile({ z, x, y }: TileAddress, lon: number, lat: number): boolean {
  const [mx, my] = toMercator(lon, lat);
  return Math.floor(mx * 2 ** z) === x && Math.floor(my * 2 ** z) === y;
}

/** The parts of a tile as they are now: what moved away or ended is left out, what came is added. */
export function patchParts(
  tile: TileAddress,
  parts: TileParts,
  patches: ReadonlyMap<string, PartPatch>,
): TileParts {
  const arriving = [...patches.values()].flatMap((patch) =>
    !patch.gone && patch.state !== 'removed' && isInTile(tile, patch.position.lon, patch.position.lat)
      ? [patch]
      : [],
  );
  const staying: number[] = [];
  parts.codes.forEach((code, n) => {
    if (!patches.has(code)) staying.push(n);
  });
  if (arriving.length === 0 && staying.length === parts.codes.length) return parts;
  const pick = (values: string[]) => staying.map((n) => values[n] ?? '');
  return {
    codes: [...pick(parts.codes), ...arriving.map(({ code }) => code)],
    classes: [...pick(parts.classes), ...arriving.map((one) => one.class)],
    states: [...pick(parts.states), ...arriving.map(({ state }) => state)],
    positions: Float64Array.from([
      ...staying.flatMap((n) => [parts.positions[2 * n] ?? 0, parts.positions[2 * n + 1] ?? 0]),
      ...arriving.flatMap(({ position }) => [position.lon, position.lat]),
    ]),
  };
}
