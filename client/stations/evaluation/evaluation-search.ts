import type { EvaluationMode, Figure, SubjectKind } from '#contract/evaluation';
import { figures } from '../../features/evaluation/judgement-of.ts';

export const evaluationTabs = ['results', 'aims', 'contests', 'bulletins', 'rules'] as const;
export type EvaluationTab = (typeof evaluationTabs)[number];

export const subjectKinds = [
  'unit',
  'subdistrict',
  'community',
  'cell',
  'grid-head',
  'courtyard-head',
  'collector',
  'channel',
  'class',
] as const satisfies SubjectKind[];

export interface EvaluationSearch {
  tab?: EvaluationTab;
  period?: string;
  by?: SubjectKind;
  /** Whose formula is shown, and whose cases; absent: the whole scope. */
  subject?: string;
  /** Its cases are open. */
  figure?: Figure;
  mode?: EvaluationMode;
  bulletin?: string;
}

export function evaluationSearch(search: Record<string, unknown>): EvaluationSearch {
  // What is digits alone is read from the address as a number.
  const text = (key: string) => {
    const value = search[key];
    return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
  };
  const tab = evaluationTabs.find((one) => one === search['tab']);
  const by = subjectKinds.find((one) => one === search['by']);
  const figure = figures.find((one) => one === search['figure']);
  const period = text('period');
  const subject = text('subject').slice(0, 64);
  return {
    ...(tab ? { tab } : {}),
    ...(/^\d{4}(-(0[1-9]|1[0-2])|-Q[1-4])?$/.test(period) ? { period } : {}),
    ...(by ? { by } : {}),
    ...(subject ? { subject } : {}),
    ...(figure ? { figure } : {}),
    ...(search['mode'] === 'tolerant' ? { mode: 'tolerant' as const } : {}),
    ...(/^[0-9a-f-]{36}$/.test(text('bulletin')) ? { bulletin: text('bulletin') } : {}),
  };
}
