import { useEffect, useMemo, useState } from 'react';
import type { CaseSummary } from '#contract/cases';
import { serverNow } from '../realtime/server-time.ts';
import { colourCells, type CellLights } from './cell-lights.ts';
import { nextTurn } from './cases/light-turns.ts';
import type { LightsTheme } from './lights-theme.ts';
import { useCellFigures } from './use-map-data.ts';

const LONGEST_TIMER_MS = 3_600_000;

/** The colours of the cells, kept true while cases come, go and turn red; undefined without a theme. */
export function useCellLights(
  theme: LightsTheme,
  cases: readonly CaseSummary[],
): { lights: CellLights | undefined; failed: boolean } {
  const { figures, failed } = useCellFigures(theme === 'lights-score');
  const [now, setNow] = useState(() => serverNow());
  useEffect(() => {
    if (theme !== 'lights-overdue') return;
    const turn = nextTurn(cases, serverNow());
    const wait = turn === undefined ? LONGEST_TIMER_MS : Math.min(turn - serverNow() + 5, LONGEST_TIMER_MS);
    const timer = setTimeout(() => setNow(serverNow()), Math.max(50, wait));
    return () => clearTimeout(timer);
  }, [theme, cases, now]);
  const relevant = theme === 'lights-score' ? noCases : cases;
  const lights = useMemo(
    () => (theme === 'none' ? undefined : colourCells(theme, relevant, figures, now)),
    [theme, relevant, figures, now],
  );
  return { lights, failed };
}

const noCases: readonly CaseSummary[] = [];
