import { readCsv } from './district/csv.ts';
import { makeBuildings } from './district/buildings.ts';
import { indexCells, makeCells } from './district/cells.ts';
import { makeDivisions, readOutline } from './district/divisions.ts';
import type { Division } from './district/divisions.ts';
import { makeParts } from './district/parts.ts';
import { toLonLat } from './district/projection.ts';
import { contains, signedArea } from './district/rings.ts';
import { scenesJson } from './district/scenes-json.ts';
import { chooseScenes } from './district/scenes.ts';
import { makeStreets } from './district/streets.ts';
import type { StreetNetwork } from './district/streets.ts';
import { makeStreetscape } from './district/surfaces.ts';
import { areaGeometry, feature, polygon, toNdjson, writeText } from './district/write-features.ts';

/** File name under data/qilihe → its text. Everything follows from data/source, the seed and this code. */
export function makeDistrict(): Map<string, string> {
  const outline = readOutline();
  const divisions = makeDivisions(outline);
  const network = makeStreets(outline);
  const { surfaces, sides, blocks } = makeStreetscape(network);
  const buildings = makeBuildings(blocks);
  const scenes = chooseScenes(sides, divisions, network, buildings);
  const communities = divisions.filter((division) => division.level === 'community');
  const built = new Set(communities.filter((one) => isBuiltUp(one, network)).map((one) => one.code));
  const cells = communities.flatMap((one) => makeCells(one, built.has(one.code) ? 1 : 5));
  const units = new Map(
    readCsv(new URL('./units.csv', import.meta.url)).map((row) => [row.code, row.name_zh]),
  );
  const parts = makeParts({
    sides,
    scenes,
    cellAt: indexCells(cells),
    classes: readPartClasses(),
    unitName: (code) => units.get(code) ?? code,
  });
  const files = new Map<string, string>();
  files.set(
    'divisions.ndjson.gz',
    toNdjson(
      divisions.map(({ code, parentCode, level, nameZh, nameEn, edition, rings }) =>
        feature(areaGeometry(rings), {
          code,
          parentCode: level === 'district' ? null : parentCode,
          level,
          nameZh,
          nameEn,
          edition,
          builtUp: level === 'community' ? built.has(code) : level === 'subdistrict' && code < '620103100',
        }),
      ),
    ),
  );
  files.set(
    'cells.ndjson.gz',
    toNdjson(cells.map(({ ring, ...properties }) => feature(polygon(ring), properties))),
  );
  files.set(
    'roads.ndjson.gz',
    toNdjson(
      network.roads.map(({ nodes, ...road }) =>
        feature(
          { type: 'LineString', coordinates: nodes.map((node) => toLonLat(node.at)) },
          { ...road, basis: 'invented' },
        ),
      ),
    ),
  );
  files.set(
    'surfaces.ndjson.gz',
    toNdjson(surfaces.map(({ kind, road, ring }) => feature(polygon(ring), { kind, road: road.code }))),
  );
  files.set(
    'buildings.ndjson.gz',
    toNdjson(buildings.map(({ ring, ...properties }) => feature(polygon(ring), { ...properties }))),
  );
  files.set(
    'parts.ndjson.gz',
    toNdjson(
      parts.map(({ at, ...properties }) =>
        feature({ type: 'Point', coordinates: toLonLat(at) }, { ...properties }),
      ),
    ),
  );
  files.set('scenes.json', scenesJson(scenes, [parts[0]?.code ?? '', parts[1]?.code ?? '']));
  return files;
}

function readPartClasses(): string[] {
  const rows = readCsv(new URL('./dictionary/classes.csv', import.meta.url));
  return rows.filter((row) => row.kind === 'part' && row.edition === '2026').map((row) => row.id ?? '');
}

/** A street's community, or a town's that the street network has grown into. */
function isBuiltUp(community: Division, network: StreetNetwork): boolean {
  if (community.code < '620103100') return true;
  const area = community.rings.reduce((sum, ring) => sum + signedArea(ring), 0);
  const inside = network.nodes.filter((node) => community.rings.some((ring) => contains(ring, node.at)));
  return inside.length > 3 && inside.length / (area / 1e6) > 6 && area < 6e6;
}

if (process.argv[1]?.endsWith('make-district.ts')) {
  for (const [name, text] of makeDistrict()) {
    writeText(new URL(`./qilihe/${name}`, import.meta.url), text);
    process.stdout.write(`${name}: ${text.split('\n').length - 1} features\n`);
  }
}
