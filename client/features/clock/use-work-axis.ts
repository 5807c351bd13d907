import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { layOutSpans, type WorkAxis } from '#clock/work-axis';
import { clockQuery } from './api.ts';

/** Working time as the server's calendar has it, around now; undefined until it is loaded. */
export function useWorkAxis(): WorkAxis | undefined {
  const { data } = useQuery(clockQuery);
  return useMemo(() => {
    const first = data?.spans[0];
    const last = data?.spans.at(-1);
    if (!data || !first || !last) return undefined;
    const now = Date.parse(data.serverNow);
    return layOutSpans({
      startsAt: Math.min(Date.parse(first.from), now),
      endsAt: Math.max(Date.parse(last.to), now),
      spans: data.spans.map(({ from, to }) => ({ from: Date.parse(from), to: Date.parse(to) })),
      timeZone: data.timeZone,
      knownYears: [],
    });
  }, [data]);
}
