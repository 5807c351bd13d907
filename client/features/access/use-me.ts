import { useSuspenseQuery } from '@tanstack/react-query';
import type { Me } from '#contract/access';
import { meQuery } from './api.ts';

/** The signed-in person; only below the signed-in routes, which have loaded it. */
export function useMe(): Me {
  const { data } = useSuspenseQuery(meQuery);
  if (!data) throw new Error('nobody is signed in here');
  return data;
}
