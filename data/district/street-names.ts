import { pinyin } from 'pinyin-pro';

/**
 * Main streets carry names that exist in the district (the geometry is invented); the rest are composed from
 * syllables, avoiding none of the real ones on purpose and claiming none either.
 */
export const MAIN_ROWS = ['南滨河西路', '西津西路', '建西路', '晏家坪路'] as const;
export const MAIN_COLUMNS = [
  '秀川路',
  '土门墩路',
  '龚家湾路',
  '敦煌路',
  '武威路',
  '西站东路',
  '建兰路',
  '瓜州路',
] as const;
export const SECONDARY_NAMES = [
  '任家庄街',
  '兰工坪路',
  '火星街',
  '柳家营路',
  '武山路',
  '民乐路',
  '丽苑路',
  '健康路',
  '文化宫路',
  '吴家园街',
  '光华街',
  '机车厂路',
  '西站西路',
  '小西湖路',
  '理工大路',
  '马滩路',
  '银滩路',
  '崔家崖路',
  '郑家庄路',
  '河湾堡路',
] as const;

const FIRST = [...'安宁和顺永昌瑞丰泰福祥锦云青柏槐榆柳梨杏枣禾麦'];
const SECOND = [...'康乐平华兴源庆明远新苑坪滩泉庄园'];
const KINDS: readonly [string, string][] = [
  ['街', 'Street'],
  ['路', 'Road'],
  ['巷', 'Lane'],
];
const DIRECTIONS: readonly [string, string][] = [
  ['东', 'East'],
  ['西', 'West'],
  ['南', 'South'],
  ['北', 'North'],
];

/** The n-th composed name, all different for n < 5,000. */
export function composeName(n: number, kind: '街' | '巷'): string {
  const first = FIRST[n % FIRST.length] ?? '';
  const second = SECOND[Math.floor(n / FIRST.length) % SECOND.length] ?? '';
  const round = Math.floor(n / (FIRST.length * SECOND.length));
  return `${first}${second}${['', '东', '西', '南', '北'][round] ?? ''}${kind}`;
}

/** 西津西路 → Xijin West Road. */
export function englishStreetName(nameZh: string): string {
  const kind = KINDS.find(([suffix]) => nameZh.endsWith(suffix)) ?? ['', ''];
  let stem = nameZh.slice(0, nameZh.length - kind[0].length);
  const direction = stem.length > 2 ? DIRECTIONS.find(([suffix]) => stem.endsWith(suffix)) : undefined;
  if (direction) stem = stem.slice(0, -1);
  const latin = pinyin(stem, { toneType: 'none', v: true }).replaceAll(' ', '');
  return [latin.charAt(0).toUpperCase() + latin.slice(1), direction?.[1], kind[1]].filter(Boolean).join(' ');
}
