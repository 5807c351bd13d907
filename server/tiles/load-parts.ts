import type { Database } from '../db/database.ts';
import { growColumns, PartColumns, Texts, type PartTexts } from './part-columns.ts';
import { PartIndex, type CellPlace } from './part-index.ts';
import * as repository from './repository.ts';
import { sortColumns } from './sort-columns.ts';
import { toWorld } from './world-position.ts';

/** Small enough that neither the one connection of the embedded engine nor this thread is held for long. */
const PAGE = 5_000;
/** Room for parts that move or are new before all are loaded anew: 5 %, and at least this many. */
const ROOM = 20_000;

/** Reads all parts, page by page; `going` is asked between pages, and false ends it with `undefined`. */
export async function loadParts(db: Database, going: () => boolean): Promise<PartIndex | undefined> {
  const texts: PartTexts = {
    prefixes: new Texts(),
    classes: new Texts(),
    cells: new Texts(),
    stewards: new Texts(),
  };
  let columns = new PartColumns(64 * 1024);
  let after = '';
  for (;;) {
    if (!going()) return undefined;
    const page = await repository.readPartPage(db, after, PAGE);
    const { code: codes } = page;
    if (codes === null) break;
    while (columns.count + codes.length > columns.capacity) columns = growColumns(columns);
    writePage(columns, texts, page, codes);
    after = codes.at(-1) ?? after;
    if (codes.length < PAGE) break;
  }
  if (!going()) return undefined;
  const majors = await repository.listMajorClasses(db);
  const cells = (await repository.listCellExtents(db)).map(placeCell);
  const sorted = await sortColumns(columns, ROOM + Math.ceil(columns.count / 20));
  return new PartIndex(sorted, texts, { majors, cells });
}

function writePage(
  columns: PartColumns,
  texts: PartTexts,
  page: repository.PartPage,
  codes: readonly string[],
): void {
  for (let i = 0; i < codes.length; i++) {
    columns.write(
      columns.count,
      {
        code: codes[i] as string,
        class: page.class[i] as string,
        state: page.state[i] as string,
        cell: page.cell[i] as string,
        owner: page.owner[i] ?? null,
        maintainer: page.maintainer[i] ?? null,
        authority: page.authority[i] as string,
        lon: page.lon[i] as number,
        lat: page.lat[i] as number,
      },
      texts,
    );
    columns.count += 1;
  }
}

function placeCell({ code, lon, lat, west, south, east, north }: repository.CellExtent): CellPlace {
  const first = toWorld({ lon: west, lat: north });
  const last = toWorld({ lon: east, lat: south });
  return { code, ...toWorld({ lon, lat }), left: first.x, top: first.y, right: last.x, bottom: last.y };
}
