import type { CaseSummary } from '#contract/cases';
import type { CellFigures } from '#contract/map';
import { caseLight } from './cases/light-turns.ts';
import type { LightsTheme } from './lights-theme.ts';
import type { CellColours } from './tiles/messages.ts';

/** One class of a scale: what it holds, `from` included, `to` not, and its colour. */
export interface ScaleStep {
  from: number;
  to: number;
  colour: string;
}

export interface CellLights {
  colours: CellColours;
  steps: ScaleStep[];
  /** Cells that have a figure. */
  cells: number;
}

/** One hue from dark to light, violet: none of the three lights, nor the accent. More is lighter, on a dark ground. */
const scale = ['#43386b', '#5e4b98', '#7c62c6', '#9f86ea', '#cdbcff'] as const;
const ALPHA = 205;
const TALLEST_METRES = 320;
const LOWEST_METRES = 24;

/** The score is coloured the other way round: where it is low, somebody has to look. */
const scoreSteps = [95, 85, 70, 50, -Infinity] as const;

/** The colours of the cells by a theme. Open and overdue cases are counted live; scores come from the server. */
export function colourCells(
  theme: Exclude<LightsTheme, 'none'>,
  cases: readonly CaseSummary[],
  figures: CellFigures | undefined,
  now: number,
): CellLights {
  const values = theme === 'lights-score' ? scoresOf(figures) : countCases(theme, cases, now);
  const steps = theme === 'lights-score' ? stepsOfScores() : stepsOfCounts(values);
  const codes = [...values.keys()];
  const colours = new Uint32Array(codes.length);
  const heights = new Float32Array(codes.length);
  const weights = codes.map((code) => {
    const value = values.get(code) ?? 0;
    return theme === 'lights-score' ? 100 - value : value;
  });
  const most = weights.reduce((a, b) => Math.max(a, b), 1);
  codes.forEach((code, n) => {
    const value = values.get(code) ?? 0;
    const step = steps.find(({ from, to }) => value >= from && value < to);
    colours[n] = step ? pack(step.colour) : 0;
    heights[n] = LOWEST_METRES + ((TALLEST_METRES - LOWEST_METRES) * (weights[n] ?? 0)) / most;
  });
  return { colours: { codes, colours, heights }, steps, cells: codes.length };
}

function scoresOf(figures: CellFigures | undefined): Map<string, number> {
  const scores = new Map<string, number>();
  figures?.codes.forEach((code, n) => {
    const score = figures.score[n];
    if (typeof score === 'number') scores.set(code, score);
  });
  return scores;
}

function countCases(theme: LightsTheme, cases: readonly CaseSummary[], now: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (const one of cases) {
    if (one.stage === 'closed' || one.stage === 'void') continue;
    if (theme === 'lights-overdue' && caseLight(one, now) !== 'red') continue;
    counts.set(one.cell.code, (counts.get(one.cell.code) ?? 0) + 1);
  }
  return counts;
}

function stepsOfScores(): ScaleStep[] {
  return scoreSteps.map((from, n) => ({
    from,
    to: scoreSteps[n - 1] ?? Infinity,
    colour: scale[n] ?? scale[0],
  }));
}

/** Whole numbers; a step for each as long as they are few. */
export function stepsOfCounts(values: ReadonlyMap<string, number>): ScaleStep[] {
  const most = Math.max(0, ...values.values());
  if (most === 0) return [];
  const starts =
    most <= scale.length
      ? Array.from({ length: most }, (_, n) => n + 1)
      : [1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377].filter((from) => from <= most);
  // The finest steps are given up first when they are too many.
  const kept = starts.length <= scale.length ? starts : [1, ...starts.slice(-(scale.length - 1))];
  const first = scale.length - kept.length;
  return kept.map((from, n) => ({
    from,
    to: kept[n + 1] ?? Infinity,
    colour: scale[first + n] ?? scale[0],
  }));
}

/** The bytes of a picture in their order: red, green, blue, alpha. */
function pack(colour: string): number {
  const value = Number.parseInt(colour.slice(1), 16);
  const [red, green, blue] = [(value >> 16) & 255, (value >> 8) & 255, value & 255];
  return ((ALPHA << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
