import type { ImportLayer, ImportWarning } from '#contract/imports';
import { candidateSystems, isGeographic, toWgs84From, type ToWgs84 } from './reference-system.ts';

type Bounds = [west: number, south: number, east: number, north: number];

/** Every position up to here, then one in 64: enough to tell a mistake from a stray row. */
const ALL_UP_TO = 5_000;
const THEN_ONE_IN = 64;
const MOST = 30_000;
const METRES_PER_DEGREE = 111_320;

/** Gathers positions as they stand in the file, to judge the file as a whole. */
export class Survey {
  private readonly xs: number[] = [];
  private readonly ys: number[] = [];
  private count = 0;
  /** [west, south, east, north] of all positions, and of the division that is the district. */
  private readonly extent: Bounds = [Infinity, Infinity, -Infinity, -Infinity];
  private districtExtent: Bounds | undefined;
  private nulls = 0;

  add(x: number, y: number): void {
    if (!Number.isFinite(x) || !Number.isFinite(y)) return;
    if (x === 0 && y === 0) {
      this.nulls++;
      return;
    }
    const n = this.count++;
    widen(this.extent, x, y);
    if (n >= ALL_UP_TO && (n % THEN_ONE_IN !== 0 || this.xs.length >= MOST)) return;
    this.xs.push(x);
    this.ys.push(y);
  }

  /** Positions of the outline of the district itself. */
  addDistrict(x: number, y: number): void {
    this.districtExtent ??= [Infinity, Infinity, -Infinity, -Infinity];
    widen(this.districtExtent, x, y);
  }

  /**
   * What is wrong with the positions as a whole. With only the district's bounds at hand this is decidable in three
   * cases, and silent otherwise: rows that leave the bounds as declared and are inside under another datum (a shift of
   * 100 to 700 m shows at the rim only); the district's own outline, or cells that cover all of it, compared edge by
   * edge with the bounds; numbers that cannot be degrees. A shift inside the district is not seen here.
   */
  judge(context: { layer: ImportLayer; datum: string; toWgs84: ToWgs84; bounds?: Bounds }): ImportWarning[] {
    const warnings: ImportWarning[] = [];
    if (this.nulls > 0) warnings.push(nullIsland(this.nulls));
    if (this.count === 0) return warnings;
    const { datum, bounds } = context;
    const geographic = isGeographic(datum);
    if (geographic && this.share((x, y) => Math.abs(x) > 180 || Math.abs(y) > 180) > 0.5)
      return [...warnings, notDegrees(this.guessSystems(bounds))];
    if (this.areSwapped(context, geographic)) return [...warnings, swapped()];
    if (!bounds) return warnings;
    const suspected = geographic ? this.suspectDatum(context.layer, datum, bounds) : undefined;
    if (suspected) return [...warnings, suspected];
    const inside = this.shareInside(context.toWgs84, grow(bounds, 0.25));
    if (inside < 0.5) warnings.push(farAway(1 - inside));
    return warnings;
  }

  private share(test: (x: number, y: number) => boolean): number {
    let hits = 0;
    for (let i = 0; i < this.xs.length; i++) if (test(this.xs[i]!, this.ys[i]!)) hits++;
    return hits / this.xs.length;
  }

  private shareInside(toWgs84: ToWgs84, bounds: Bounds, swap = false): number {
    const at: [number, number] = [0, 0];
    return this.share((x, y) => {
      if (swap) toWgs84(y, x, at);
      else toWgs84(x, y, at);
      return isInside(at, bounds);
    });
  }

  private areSwapped(
    { toWgs84, bounds }: { toWgs84: ToWgs84; bounds?: Bounds },
    geographic: boolean,
  ): boolean {
    if (geographic && this.share((x, y) => Math.abs(y) > 90 && Math.abs(x) <= 90) > 0.5) return true;
    if (!bounds) return false;
    const near = grow(bounds, 0.05);
    return this.shareInside(toWgs84, near) < 0.1 && this.shareInside(toWgs84, near, true) > 0.5;
  }

  private guessSystems(bounds?: Bounds): string[] {
    const found: { datum: string; inDistrict: number }[] = [];
    for (const { datum, area } of candidateSystems(this.xs[0]!, this.ys[0]!)) {
      const toWgs84 = toWgs84From(datum);
      if (this.shareInside(toWgs84, area) < 0.9) continue;
      found.push({ datum, inDistrict: bounds ? this.shareInside(toWgs84, grow(bounds, 0.02)) : 0 });
    }
    found.sort((a, b) => b.inDistrict - a.inDistrict);
    const sure = found.filter(({ inDistrict }) => inDistrict > 0.5);
    return (sure.length > 0 ? sure : found).slice(0, 3).map(({ datum }) => datum);
  }

  private suspectDatum(layer: ImportLayer, datum: string, bounds: Bounds): ImportWarning | undefined {
    const others = ['wgs84', 'gcj02', 'bd09'].filter(
      (other) => other !== (datum.startsWith('EPSG') ? 'wgs84' : datum),
    );
    const outline =
      this.districtExtent ??
      ((layer === 'cells' || layer === 'divisions') && this.coversDistrict(bounds) ? this.extent : undefined);
    if (outline) {
      const asDeclared = edgeError(outline, toWgs84From(datum), bounds);
      const best = others
        .map((other) => ({ other, error: edgeError(outline, toWgs84From(other), bounds) }))
        .sort((a, b) => a.error - b.error)[0]!;
      if (asDeclared > 60 && best.error < asDeclared / 3 && best.error < 250)
        return suspected(datum, best.other, `${Math.round(asDeclared)} m → ${Math.round(best.error)} m`);
      return undefined;
    }
    const rim = grow(bounds, 0.0005);
    const outside = 1 - this.shareInside(toWgs84From(datum), rim);
    if (outside * this.xs.length < 5 || outside < 0.002) return undefined;
    const best = others
      .map((other) => ({ other, outside: 1 - this.shareInside(toWgs84From(other), rim) }))
      .sort((a, b) => a.outside - b.outside)[0]!;
    // A stray row far away is outside under any datum; only those the change brings in speak for it.
    if (best.outside > outside * 0.2) return undefined;
    const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
    return suspected(datum, best.other, `${percent(outside)} → ${percent(best.outside)}`);
  }

  private coversDistrict(bounds: Bounds): boolean {
    return this.extent.every((edge, i) => Math.abs(edge - bounds[i]!) < 0.015);
  }
}

function widen(extent: Bounds, x: number, y: number): void {
  if (x < extent[0]) extent[0] = x;
  if (y < extent[1]) extent[1] = y;
  if (x > extent[2]) extent[2] = x;
  if (y > extent[3]) extent[3] = y;
}

function grow([west, south, east, north]: Bounds, degrees: number): Bounds {
  return [west - degrees, south - degrees, east + degrees, north + degrees];
}

function isInside([lon, lat]: [number, number], [west, south, east, north]: Bounds): boolean {
  return lon >= west && lon <= east && lat >= south && lat <= north;
}

/** Mean distance of the four edges, in metres. */
function edgeError(extent: Bounds, toWgs84: ToWgs84, bounds: Bounds): number {
  const low: [number, number] = [0, 0];
  const high: [number, number] = [0, 0];
  toWgs84(extent[0], extent[1], low);
  toWgs84(extent[2], extent[3], high);
  const east = METRES_PER_DEGREE * Math.cos((bounds[1] * Math.PI) / 180);
  return (
    (Math.abs(low[0] - bounds[0]) * east +
      Math.abs(low[1] - bounds[1]) * METRES_PER_DEGREE +
      Math.abs(high[0] - bounds[2]) * east +
      Math.abs(high[1] - bounds[3]) * METRES_PER_DEGREE) /
    4
  );
}

function nullIsland(rows: number): ImportWarning {
  return {
    code: 'NULL_ISLAND',
    message: { zh: `${rows} 行的坐标为 0,0`, en: `${rows} rows have the position 0,0` },
    blocking: false,
    details: { rows },
  };
}

function notDegrees(hints: string[]): ImportWarning {
  const zh = hints.length > 0 ? `，可能是 ${hints.join('、')}` : '';
  const en = hints.length > 0 ? `; they may be ${hints.join(' or ')}` : '';
  return {
    code: 'NOT_DEGREES',
    message: {
      zh: `坐标不是经纬度（数值过大），应为投影坐标的米或英尺${zh}`,
      en: `The coordinates are no degrees: they are too large, so metres or feet of a projection${en}`,
    },
    blocking: true,
    details: { hints },
  };
}

function swapped(): ImportWarning {
  return {
    code: 'SWAPPED_AXES',
    message: {
      zh: '经度与纬度（X 与 Y）似乎颠倒',
      en: 'Longitude and latitude (x and y) seem to be swapped',
    },
    blocking: true,
  };
}

function farAway(share: number): ImportWarning {
  const percent = `${Math.round(share * 100)} %`;
  return {
    code: 'FAR_FROM_DISTRICT',
    message: { zh: `${percent} 的位置远离本区`, en: `${percent} of the positions are far from the district` },
    blocking: true,
    details: { share },
  };
}

function suspected(declared: string, likely: string, evidence: string): ImportWarning {
  return {
    code: 'SUSPECTED_DATUM',
    message: {
      zh: `坐标按 ${likely} 读取比按 ${declared} 更符合本区范围（${evidence}）`,
      en: `Read as ${likely} the positions fit the district better than as ${declared} (${evidence})`,
    },
    blocking: true,
    details: { declared, likely, evidence },
  };
}
