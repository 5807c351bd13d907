import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type {
  Aims,
  Evaluation,
  EvaluationMode,
  Figure,
  Forecast,
  Indicators,
  JudgedCase,
  Period,
  SubjectKind,
} from '#contract/evaluation';
import { fetchJson } from '../access/fetch-json.ts';

/** Everything that a step of a case may move lies below this key. */
export const evaluationKey = ['evaluations'] as const;

export const evaluationQuery = (period: Period, by: SubjectKind) =>
  queryOptions({
    queryKey: [...evaluationKey, period, 'by', by],
    queryFn: ({ signal }) => fetchJson<Evaluation>(`/evaluations/${period}?by=${by}`, { signal }),
    placeholderData: keepPreviousData,
  });

/** The row of one subject alone; undefined when it is not judged. */
export const subjectRowQuery = (period: Period, by: SubjectKind, subject: string) =>
  queryOptions({
    queryKey: [...evaluationKey, period, 'by', by, subject],
    queryFn: async ({ signal }) => {
      const query = new URLSearchParams({ by, subject });
      const { items } = await fetchJson<Evaluation>(`/evaluations/${period}?${query.toString()}`, { signal });
      return items[0] ?? null;
    },
    staleTime: 60_000,
    refetchInterval: 5 * 60_000,
  });

/** A number of an evaluation: whose, which, and counted how. */
export interface FigureOf {
  period: Period;
  by: SubjectKind;
  /** Absent: of the whole scope. */
  subject?: string | undefined;
  figure: Figure;
  mode: EvaluationMode;
}

/** The cases behind a figure, a page at a time. */
export const judgedCasesQuery = ({ period, by, subject, figure, mode }: FigureOf) =>
  infiniteQueryOptions({
    queryKey: [...evaluationKey, period, 'cases', by, subject ?? null, figure, mode],
    queryFn: ({ signal, pageParam }) => {
      const query = new URLSearchParams({ by, figure, mode, limit: '50' });
      if (subject !== undefined) query.set('subject', subject);
      if (pageParam !== undefined) query.set('after', pageParam);
      const path = `/evaluations/${period}/cases?${query.toString()}`;
      return fetchJson<{ items: JudgedCase[]; next?: string }>(path, { signal });
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
  });

export const indicatorsQuery = (period: Period, by?: SubjectKind, subject?: string) =>
  queryOptions({
    queryKey: [...evaluationKey, period, 'indicators', by ?? null, subject ?? null],
    queryFn: ({ signal }) => {
      const query = by && subject !== undefined ? `?${new URLSearchParams({ by, subject }).toString()}` : '';
      return fetchJson<Indicators>(`/evaluations/${period}/indicators${query}`, { signal });
    },
    placeholderData: keepPreviousData,
  });

/** The seven aims, month by month, both ends included. */
export const aimsQuery = (from: string, to: string) =>
  queryOptions({
    queryKey: [...evaluationKey, 'aims', from, to],
    queryFn: ({ signal }) =>
      fetchJson<Aims>(`/evaluations/aims?${new URLSearchParams({ from, to }).toString()}`, { signal }),
    placeholderData: keepPreviousData,
  });

export const forecastQuery = (period: Period) =>
  queryOptions({
    queryKey: [...evaluationKey, period, 'forecast'],
    queryFn: ({ signal }) => fetchJson<Forecast>(`/evaluations/${period}/forecast`, { signal }),
    placeholderData: keepPreviousData,
  });
