import { useNavigate, useSearch } from '@tanstack/react-router';
import type { EvaluationMode, Period, SubjectKind } from '#contract/evaluation';
import { useMe } from '../../features/access/use-me.ts';
import { useServerDay } from '../../features/clock/use-server-day.ts';
import type { EvaluationSearch } from './evaluation-search.ts';

interface EvaluationView {
  period: Period;
  by: SubjectKind;
  mode: EvaluationMode;
  /** Changes what is shown; undefined takes a part back to its default. */
  show: (change: { [Key in keyof EvaluationSearch]: EvaluationSearch[Key] | undefined }) => void;
}

/** What the address says is shown, with the defaults of this person: the running month, and their kind of subject. */
export function useEvaluationSearch(): EvaluationView & Pick<EvaluationSearch, 'subject' | 'figure'> {
  const me = useMe();
  const month = useServerDay().slice(0, 7);
  const search = useSearch({ from: '/signed-in/framed/evaluation' });
  const navigate = useNavigate({ from: '/evaluation' });
  const kinds: Partial<Record<typeof me.scope.kind, SubjectKind>> = {
    subdistrict: 'community',
    community: 'cell',
  };
  return {
    period: search.period ?? month,
    by: search.by ?? kinds[me.scope.kind] ?? 'unit',
    mode: search.mode ?? 'strict',
    ...(search.subject === undefined ? {} : { subject: search.subject }),
    ...(search.figure === undefined ? {} : { figure: search.figure }),
    show: (change) =>
      void navigate({
        search: (before) =>
          Object.fromEntries(
            Object.entries({ ...before, ...change }).filter(([, value]) => value !== undefined),
          ) as EvaluationSearch,
      }),
  };
}
