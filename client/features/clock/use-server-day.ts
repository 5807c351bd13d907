import { useQuery } from '@tanstack/react-query';
import { dayOf } from '#clock/calendar-day';
import { useNow } from '../../realtime/live-store.tsx';
import { clockQuery } from './api.ts';

/** Today as yyyy-mm-dd, by the server's clock and in the deployment's time zone. */
export function useServerDay(): string {
  const now = useNow(60_000);
  return dayOf(now, useQuery(clockQuery).data?.timeZone ?? 'Asia/Shanghai');
}
