import { writeFileSync } from 'node:fs';
import type { Polygon } from 'geojson';
import { v5 as uuidOf } from 'uuid';
import { randomFor } from './district/random.ts';
import { readFeatures } from './district/read-features.ts';

/**
 * Writes `heads.csv`: invented grid heads (网格负责人), each for up to 14 neighbouring cells of one community, so that
 * every cell has one, and invented courtyard heads (楼院长) for a few cells each in every third of those areas. Names
 * are drawn from lists of common ones; the telephone numbers belong to nobody.
 */
interface CellProperties {
  code: string;
  community: string;
}

interface Place {
  code: string;
  x: number;
  y: number;
}

const MOST_CELLS = 14;
const NAMESPACE = '6f0d2a52-6a0e-4a53-9d0c-6201030b6c00';
const SURNAMES =
  '王Wang 李Li 张Zhang 刘Liu 陈Chen 杨Yang 赵Zhao 黄Huang 周Zhou 吴Wu 徐Xu 孙Sun 马Ma 朱Zhu 胡Hu 郭Guo 何He 高Gao 林Lin 罗Luo';
const GIVEN =
  '建国Jianguo 秀英Xiuying 伟Wei 敏Min 静Jing 丽Li 强Qiang 磊Lei 军Jun 洋Yang 勇Yong 艳Yan 杰Jie 娟Juan 涛Tao 明Ming 超Chao 霞Xia 平Ping 刚Gang 桂兰Guilan 文华Wenhua 玉梅Yumei 志强Zhiqiang 晓东Xiaodong';

const pairs = (text: string) =>
  text.split(' ').map((pair) => {
    const at = pair.search(/[A-Z]/);
    return { zh: pair.slice(0, at), en: pair.slice(at) };
  });
const surnames = pairs(SURNAMES);
const given = pairs(GIVEN);

/** Neighbours together: halves along the longer side until each part is small enough. */
function group(cells: readonly Place[]): Place[][] {
  if (cells.length <= MOST_CELLS) return [[...cells]];
  const extent = (of: (cell: Place) => number) => Math.max(...cells.map(of)) - Math.min(...cells.map(of));
  // A degree of longitude is 0.81 of a degree of latitude at 36° N.
  const axis = extent(({ x }) => x) * 0.81 >= extent(({ y }) => y) ? 'x' : 'y';
  const sorted = cells.toSorted((a, b) => a[axis] - b[axis] || (a.code < b.code ? -1 : 1));
  const half = Math.ceil(sorted.length / 2);
  return [...group(sorted.slice(0, half)), ...group(sorted.slice(half))];
}

function centreOf({ coordinates }: Polygon): { x: number; y: number } {
  const ring = (coordinates[0] ?? []).slice(1);
  return {
    x: ring.reduce((sum, [x = 0]) => sum + x, 0) / ring.length,
    y: ring.reduce((sum, [, y = 0]) => sum + y, 0) / ring.length,
  };
}

const communities = new Map<string, Place[]>();
for (const { properties, geometry } of readFeatures<Polygon, CellProperties>('cells')) {
  const places = communities.get(properties.community) ?? [];
  places.push({ code: properties.code, ...centreOf(geometry) });
  communities.set(properties.community, places);
}

const random = randomFor('heads');
const lines = ['id,role,name_zh,name_en,phone,community,cells,basis'];
let count = 0;

function add(role: 'grid-head' | 'courtyard-head', community: string, cells: readonly Place[]): void {
  const [surname, name] = [random.pick(surnames), random.pick(given)];
  const sequences = cells.map(({ code }) => code.slice(12)).sort();
  lines.push(
    [
      uuidOf(`${role} ${community} ${sequences.join(' ')}`, NAMESPACE),
      role,
      surname.zh + name.zh,
      `${surname.en} ${name.en}`,
      `0931-0001${String(count++).padStart(3, '0')}`,
      community,
      sequences.join(' '),
      'invented',
    ].join(','),
  );
}

let area = 0;
for (const [community, cells] of [...communities].sort(([a], [b]) => (a < b ? -1 : 1))) {
  for (const cellsOfHead of group(cells)) {
    add('grid-head', community, cellsOfHead);
    if (area++ % 3 === 0) add('courtyard-head', community, cellsOfHead.slice(0, 1 + (area % 4)));
  }
}
writeFileSync(new URL('./heads.csv', import.meta.url), `${lines.join('\n')}\n`);
