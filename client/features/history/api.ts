import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { RegisterChange, RegisterSubject } from '#contract/history';
import { fetchJson } from '../access/fetch-json.ts';

interface ChangePage {
  items: RegisterChange[];
  next?: string;
}

/** What was changed of one thing, the newest first. */
export const changesQuery = (subject: RegisterSubject, code: string, limit: number) =>
  queryOptions({
    queryKey: ['register-changes', subject, code, limit],
    queryFn: ({ signal }) => fetchChanges(subject, code, limit, signal),
    staleTime: 0,
  });

async function fetchChanges(
  subject: RegisterSubject,
  code: string,
  limit: number,
  signal?: AbortSignal,
): Promise<ChangePage> {
  const query = new URLSearchParams({ subject, code, limit: String(limit) });
  return fetchJson<ChangePage>(`/register/changes?${query}`, signal ? { signal } : {});
}

/** Takes back a batch: everything that was changed together goes back together. */
export function useUndoChange() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (batch: string) =>
      fetchJson<{ batch: string; undone: number }>(`/register/changes/${batch}/undo`, { method: 'POST' }),
    // Parts, cells, divisions, duties: whatever it was, every list of the register may be another now.
    onSettled: () => queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' }),
  });
}

/** The batch that made this version of the thing; undefined when somebody has changed it since. */
export async function findLastBatch(
  subject: RegisterSubject,
  code: string,
  actor: string,
): Promise<string | undefined> {
  const [last] = (await fetchChanges(subject, code, 1)).items;
  return last && !last.undone && last.actor === actor ? last.batch : undefined;
}
