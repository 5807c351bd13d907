import { useQuery } from '@tanstack/react-query';
import { addDays, dayOf, instantOf } from '#clock/calendar-day';
import { useNow } from '../../realtime/live-store.tsx';
import { clockQuery } from '../clock/api.ts';
import { addMonths } from './period.ts';
import { rulesQuery } from './rules-api.ts';

/** Epoch milliseconds until which a case with this deadline may be contested: some days after the end of its month. */
export function contestUntil(dueAt: string, days: number, timeZone: string): number {
  const month = dayOf(Date.parse(dueAt), timeZone).slice(0, 7);
  return instantOf(addDays(`${addMonths(month, 1)}-01`, days), 0, timeZone);
}

/** Undefined until the rules are known. */
export function useContestWindow(dueAt: string): { at: number; isOpen: boolean } | undefined {
  const now = useNow(60_000);
  const timeZone = useQuery(clockQuery).data?.timeZone ?? 'Asia/Shanghai';
  const { data: rules } = useQuery(rulesQuery);
  if (!rules) return undefined;
  const at = contestUntil(dueAt, rules.contestDays, timeZone);
  return { at, isOpen: now < at };
}
