import { pinyin } from 'pinyin-pro';
import { readCsv } from './csv.ts';
import { toLocal } from './projection.ts';
import type { Point } from './projection.ts';
import { contains, distanceToRing } from './rings.ts';
import type { Ring } from './rings.ts';

/** One row of source/divisions.csv with its place in the local projection. */
export interface DivisionRow {
  code: string;
  parentCode: string;
  level: 'district' | 'subdistrict' | 'community';
  nameZh: string;
  nameEn: string;
  edition: number;
  /** The source's own point, unless it only repeats that of the street or the district. */
  own: Point | undefined;
}

/** A point further than this from that of its street is an error of the source (林家庄: 4.7 km). */
const OUTLIER_METRES = 3600;
/** No two sites nearer than this, so that every community has some land. */
const APART_METRES = 130;
const GOLDEN_ANGLE = 2.399963229728653;

export function readDivisions(): DivisionRow[] {
  return readCsv(new URL('../source/divisions.csv', import.meta.url)).map((row) => {
    const { code = '', parent_code = '', name_zh = '', longitude = '', latitude = '' } = row;
    const own = longitude !== '' && !row.coordinate_kind?.startsWith('fallback');
    const level = code.length === 6 ? 'district' : code.length === 9 ? 'subdistrict' : 'community';
    const nameZh = name_zh.replace(/社区居(民委员|委)会$/, '社区').replace(/村民委员会$/, '村');
    return {
      code,
      parentCode: parent_code,
      level,
      nameZh,
      nameEn: englishName(nameZh),
      edition: Number(row.edition),
      own: own ? toLocal(Number(longitude), Number(latitude)) : undefined,
    };
  });
}

const KINDS: readonly [string, string][] = [
  ['街道', 'Subdistrict'],
  ['社区', 'Community'],
  ['镇', 'Town'],
  ['乡', 'Township'],
  ['区', 'District'],
  ['村', 'Village'],
];

function englishName(nameZh: string): string {
  const kind = KINDS.find(([suffix]) => nameZh.endsWith(suffix));
  const stem = kind ? nameZh.slice(0, -kind[0].length) : nameZh;
  const latin = pinyin(stem, { toneType: 'none', v: true }).replaceAll(' ', '');
  return `${latin.charAt(0).toUpperCase()}${latin.slice(1)}${kind ? ` ${kind[1]}` : ''}`;
}

/**
 * One point per community. A community without a usable point of its own starts from its street's point;
 * those that start from the same point are set out on a spiral around it, in order of their codes (the first
 * stays), 260 m wide in the streets and 700 m in the towns.
 */
export function placeCommunities(rows: readonly DivisionRow[], outline: Ring): Map<string, Point> {
  const streets = new Map(rows.filter((row) => row.level === 'subdistrict').map((row) => [row.code, row]));
  const taken: Point[] = [];
  const perAnchor = new Map<string, number>();
  const sites = new Map<string, Point>();
  const communities = rows.filter((row) => row.level === 'community');
  const anchors = communities.map((row) => {
    const street = streets.get(row.parentCode)?.own;
    if (!street) throw new Error(`no point for ${row.parentCode}`);
    const urban = row.parentCode < '620103100';
    const misplaced = !row.own || (urban && distance(row.own, street) > OUTLIER_METRES);
    return { row, urban, anchor: misplaced || !row.own ? street : row.own, exact: !misplaced };
  });
  for (const { row, urban, anchor } of [
    ...anchors.filter((a) => a.exact),
    ...anchors.filter((a) => !a.exact),
  ]) {
    const key = `${anchor[0]},${anchor[1]}`;
    for (let step = perAnchor.get(key) ?? 0; ; step++) {
      const radius = (urban ? 260 : 700) * Math.sqrt(step);
      const site: Point = [
        anchor[0] + radius * Math.cos(step * GOLDEN_ANGLE),
        anchor[1] + radius * Math.sin(step * GOLDEN_ANGLE),
      ];
      const free = taken.every((other) => distance(other, site) >= APART_METRES);
      if (!free || !contains(outline, site) || distanceToRing(outline, site) < 40) continue;
      taken.push(site);
      sites.set(row.code, site);
      perAnchor.set(key, step + 1);
      break;
    }
  }
  return sites;
}

function distance(a: Point, b: Point): number {
  const [dx, dy] = [a[0] - b[0], a[1] - b[1]];
  return Math.sqrt(dx * dx + dy * dy);
}
