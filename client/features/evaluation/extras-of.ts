import type { EvaluationRow } from '#contract/evaluation';
import { evaluation } from '../../i18n/zh-CN/evaluation.ts';

export type ExtraId = keyof typeof evaluation.extra;

/** Further figures that any of the rows carries and that have a name, in the order of the names. */
export function extrasOf(rows: readonly EvaluationRow[]): ExtraId[] {
  const there = new Set(rows.flatMap(({ extra }) => Object.keys(extra ?? {})));
  return (Object.keys(evaluation.extra) as ExtraId[]).filter((id) => there.has(id));
}

export function typeOfExtra(id: ExtraId): 'rate' | 'count' {
  return id.endsWith('Rate') || id === 'trackCoverage' ? 'rate' : 'count';
}
