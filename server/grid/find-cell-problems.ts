import type { CellProblem } from '#contract/grid';
import { MOST_CELLS, readFieldCode } from '../codes/field-codes.ts';

/** What is asked of a cell here; degrees. */
export interface NumberedCell {
  code: string;
  squareMetres: number;
  reason: string | null;
  location: unknown;
  west: number;
  south: number;
  east: number;
  north: number;
  lon: number;
  lat: number;
}

/** A cell should be between these parts of the median of its community. */
const LEAST_SHARE = 0.3;
const MOST_SHARE = 3;

/** What is wrong with outlines, areas, codes and numbering of one community's cells, given in the order of codes. */
export function findCellProblems(communityCode: string, cells: readonly NumberedCell[]): CellProblem[] {
  return [
    ...invalidOnes(cells),
    ...wrongAreas(communityCode, cells),
    ...wrongCodes(communityCode, cells),
    ...wrongOrder(cells),
  ];
}

function invalidOnes(cells: readonly NumberedCell[]): CellProblem[] {
  return cells.flatMap(({ code, reason, location }) =>
    reason === null
      ? []
      : [
          {
            kind: 'invalid' as const,
            cells: [code],
            message: {
              zh: `边界不是有效的多边形：${reason}`,
              en: `The outline is not a valid polygon: ${reason}`,
            },
            geometry: location,
          },
        ],
  );
}

function wrongAreas(communityCode: string, cells: readonly NumberedCell[]): CellProblem[] {
  const areas = cells.map(({ squareMetres }) => squareMetres).sort((a, b) => a - b);
  const median = areas[areas.length >> 1] ?? 0;
  return cells.flatMap(({ code, squareMetres }) => {
    const share = squareMetres / median;
    if (share >= LEAST_SHARE && share <= MOST_SHARE) return [];
    const [area, usual] = [Math.round(squareMetres), Math.round(median)];
    return [
      {
        kind: 'area' as const,
        cells: [code],
        message: {
          zh: `面积 ${area} m²，而社区 ${communityCode} 的中位数为 ${usual} m²`,
          en: `${area} m², where the median of community ${communityCode} is ${usual} m²`,
        },
        squareMetres,
      },
    ];
  });
}

function wrongCodes(communityCode: string, cells: readonly NumberedCell[]): CellProblem[] {
  const problems: CellProblem[] = [];
  const sequences = new Set<number>();
  for (const { code } of cells) {
    const read = readFieldCode(code);
    if (read?.form === 'cell' && read.community === communityCode && read.sequence > 0) {
      sequences.add(read.sequence);
    } else {
      problems.push({
        kind: 'code',
        cells: [code],
        message: {
          zh: `代码应为社区代码 ${communityCode} 加 001–999 的顺序号`,
          en: `The code should be that of community ${communityCode} and a number from 001 to 999`,
        },
      });
    }
  }
  const last = Math.min(MOST_CELLS, Math.max(0, ...sequences));
  const missing = Array.from({ length: last }, (_, index) => index + 1).filter((n) => !sequences.has(n));
  if (missing.length > 0) {
    const list = missing
      .slice(0, 20)
      .map((n) => String(n).padStart(3, '0'))
      .join(', ');
    const more = missing.length > 20 ? ' …' : '';
    problems.push({
      kind: 'code',
      cells: [],
      message: {
        zh: `社区 ${communityCode} 缺少 ${missing.length} 个顺序号：${list}${more}`,
        en: `Community ${communityCode} has no cell for ${missing.length} numbers: ${list}${more}`,
      },
    });
  }
  return problems;
}

/** Of the heights of two cells, how much must be common for them to stand in one row. */
const SAME_ROW = 0.75;

/**
 * Numbers go from west to east and from north to south. However the rows were drawn, a cell is out of order when it
 * lies in a row north of the one before it, or in the same row and wholly west of it.
 */
function wrongOrder(cells: readonly NumberedCell[]): CellProblem[] {
  const heights = cells.map(({ north, south }) => north - south).sort((a, b) => a - b);
  const rowHeight = heights[heights.length >> 1] ?? 0;
  return cells.slice(1).flatMap((cell, index) => {
    const before = cells[index];
    if (!before) return [];
    const apart = cell.lat > before.north && before.lat < cell.south;
    const north = apart && cell.lat - before.lat > rowHeight * SAME_ROW;
    const common = Math.min(cell.north, before.north) - Math.max(cell.south, before.south);
    const tallest = Math.max(cell.north - cell.south, before.north - before.south);
    const west = common > tallest * SAME_ROW && cell.lon < before.west && before.lon > cell.east;
    if (!north && !west) return [];
    return [
      {
        kind: 'order' as const,
        cells: [before.code, cell.code],
        message: north
          ? { zh: '编号较大的网格位于编号较小者以北', en: 'The higher number lies north of the lower' }
          : {
              zh: '同一行中编号较大的网格位于编号较小者以西',
              en: 'In one row, the higher number lies west of the lower',
            },
      },
    ];
  });
}
