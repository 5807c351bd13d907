import type { EvaluationMode, EvaluationRow, Figure, Judgement } from '#contract/evaluation';

/** Solved rate that the district wants within a year (SPEC section 5). */
export const TARGET_SOLVED_RATE = 0.85;

export const modes = ['strict', 'tolerant'] as const satisfies EvaluationMode[];

export const figures = [
  'gross',
  'due',
  'solved',
  'in-time',
  'late',
  'open',
  'overdue-open',
  'postponed',
  'extended',
  'returned',
  'repeated',
] as const satisfies Figure[];

/** Opens the cases behind a figure of a subject; without one, of the whole scope. */
export type OpenFigure = (figure: Figure, mode: EvaluationMode, subject?: string) => void;

/** The strict figures stand flat in a row, the tolerant ones beside them. */
export function judgementOf(row: EvaluationRow, mode: EvaluationMode): Judgement {
  return mode === 'strict' ? row : row.tolerant;
}

export function countOf(row: EvaluationRow, figure: Figure, mode: EvaluationMode): number {
  const judged = judgementOf(row, mode);
  switch (figure) {
    case 'gross':
      return row.gross;
    case 'due':
      return judged.due;
    case 'solved':
      return judged.solved;
    case 'in-time':
      return judged.inTime;
    case 'late':
      return judged.due - judged.inTime;
    case 'open':
      return judged.due - judged.solved;
    case 'overdue-open':
      return row.overdueOpen;
    case 'postponed':
      return row.postponed;
    case 'extended':
      return row.extended;
    case 'returned':
      return row.returned;
    case 'repeated':
      return row.repeated;
  }
}

/** Ranked ones in their order, then those without a rank, by score and code. */
export function sortByRank(rows: readonly EvaluationRow[], mode: EvaluationMode): EvaluationRow[] {
  return [...rows].sort((a, b) => {
    const [left, right] = [judgementOf(a, mode), judgementOf(b, mode)];
    return (
      (left.rank ?? Infinity) - (right.rank ?? Infinity) ||
      (right.score ?? -1) - (left.score ?? -1) ||
      (a.subject.code < b.subject.code ? -1 : 1)
    );
  });
}

/** Ranks that more than one subject has. */
export function tiedRanks(rows: readonly EvaluationRow[], mode: EvaluationMode): ReadonlySet<number> {
  const seen = new Set<number>();
  const tied = new Set<number>();
  for (const row of rows) {
    const { rank } = judgementOf(row, mode);
    if (rank === null) continue;
    if (seen.has(rank)) tied.add(rank);
    seen.add(rank);
  }
  return tied;
}
