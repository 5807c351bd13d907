import { queryOptions, useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import type { Contest, ContestDecision, NewContest } from '#contract/evaluation';
import { fetchAll, fetchJson } from '../access/fetch-json.ts';
import { newKey } from '../access/new-key.ts';
import { evaluationKey } from './api.ts';

const contestsKey = ['contests'] as const;

export type ContestState = Contest['state'];

/** Contests of my scope, the newest first. */
export const contestsQuery = (state?: ContestState) =>
  queryOptions({
    queryKey: [...contestsKey, state ?? null],
    queryFn: ({ signal }) =>
      fetchAll<Contest>(`/contests?limit=200${state ? `&state=${state}` : ''}`, signal),
  });

/** A contest was filed or decided: lists, scores and the sentences of cases follow. */
export function forgetContests(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: contestsKey });
  void client.invalidateQueries({ queryKey: evaluationKey });
}

export function useFileContest() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewContest) =>
      fetchJson<Contest>('/contests', { method: 'POST', body, headers: { 'idempotency-key': newKey() } }),
    onSuccess: () => forgetContests(client),
  });
}

export function useDecideContest(contest: Contest) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Omit<ContestDecision, 'expectedVersion'>) =>
      fetchJson<Contest>(`/contests/${contest.id}/decide`, {
        method: 'POST',
        body: { ...body, expectedVersion: contest.version },
        headers: { 'idempotency-key': newKey() },
      }),
    // A stale one too is read again: somebody else decided.
    onSettled: () => forgetContests(client),
  });
}
