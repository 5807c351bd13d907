/** The colours of the map; the same values as `client/ui/tokens.css` where both have them. */
export const mapColours = {
  outside: '#0c0e10',
  district: '#161b1f',
  builtUp: '#1a2024',
  communityLine: '#303940',
  subdistrictLine: '#57636c',
  districtLine: '#8794a0',
  cellLine: 'rgb(120 150 175 / 20%)',
  carriageway: '#343e45',
  mainCarriageway: '#46525b',
  footway: '#272f34',
  building: '#283137',
  buildingLine: '#354047',
  partCount: '150 178 200',
  count: 'rgb(160 176 188 / 62%)',
  text: '#e8ecef',
  textSoft: '#aeb8bf',
  textFaint: '#8a959d',
  halo: '#0c0e10',
  accent: '#5aa7e8',
  surface: '#181c1f',
} as const;

export const mapFont =
  "system-ui, -apple-system, 'Segoe UI', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif";
