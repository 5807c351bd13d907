import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { originsOf, readMapSources } from './read-sources.ts';

const names = { zh: '影像', en: 'Imagery' };
const xyz = { id: 'imagery', name: names, kind: 'xyz', url: 'https://t{s}.tiles.example/{z}/{x}/{y}.png' };
const inline = (...sources: object[]) => readMapSources(JSON.stringify(sources), '/');

it('reads JSON and files of JSON', () => {
  expect(inline(xyz)).toEqual({ sources: [xyz], problems: [] });
  const folder = mkdtempSync(join(tmpdir(), 'gridwatch-map-'));
  writeFileSync(join(folder, 'map.json'), JSON.stringify([xyz]));
  expect(readMapSources('map.json', folder).sources).toEqual([xyz]);
  expect(readMapSources('other.json', folder).problems).toEqual([
    `there is no file ${join(folder, 'other.json')}`,
  ]);
  rmSync(folder, { recursive: true });
});

it('names every problem', () => {
  expect(inline({ ...xyz, kind: 'wms' }, { ...xyz, id: 'A' }).problems.length).toBeGreaterThanOrEqual(2);
  expect(inline({ ...xyz, url: 'javascript:alert(1)' }).problems).toHaveLength(1);
  expect(
    inline(
      { ...xyz, url: 'https://tiles.example/' },
      { ...xyz, kind: 'wmts', url: 'https://maps.example/wmts', minZoom: 5, maxZoom: 3 },
    ).problems,
  ).toEqual([
    '/0 (imagery) url of an xyz source needs {z}, {x} and {y} or {reverseY}',
    '/0 (imagery) url of an xyz source needs {y} or {reverseY}',
    '/1 (imagery) has the id of another source',
    '/1 (imagery) a wmts source needs layer',
    '/1 (imagery) minZoom is above maxZoom',
  ]);
  expect(readMapSources('[{', '/').problems).toHaveLength(1);
});

it('says which origins a browser must reach, and lets none into the policy that could widen it', () => {
  const of = (...urls: string[]) =>
    originsOf(urls.map((url) => ({ id: 'a', name: names, kind: '3d-tiles', url })));
  expect(
    of(
      'https://t{s}.tianditu.gov.cn/vec_w/wmts?tk=KEY',
      'http://10.0.0.7:8080/tiles/{z}',
      'https://t{s}.tianditu.gov.cn/cva_w',
      '/own/tileset.json',
    ),
  ).toEqual(['https://*.tianditu.gov.cn', 'http://10.0.0.7:8080']);
  expect(
    of(
      'https://a;script-src *',
      "https://x'unsafe-inline'/",
      'https://{s}/',
      'https://{s}.cn/x',
      'https://*/',
    ),
  ).toEqual([]);
});
