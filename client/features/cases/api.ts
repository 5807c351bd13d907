import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { ActionBody, CaseAction, CaseCounts, CaseDetail, Timeline } from '#contract/cases';
import { useLearnCase } from '../../realtime/live-store.tsx';
import { ApiError, fetchJson } from '../access/fetch-json.ts';
import { newKey } from '../access/new-key.ts';
import { shrinkPhoto } from './shrink-photo.ts';

export const caseQuery = (id: string) =>
  queryOptions({
    queryKey: ['cases', id],
    queryFn: ({ signal }) => fetchJson<CaseDetail>(`/cases/${id}`, { signal }),
  });

export const timelineQuery = (id: string) =>
  queryOptions({
    queryKey: ['cases', id, 'timeline'],
    queryFn: ({ signal }) => fetchJson<Timeline>(`/cases/${id}/timeline`, { signal }),
  });

/** Filed and closed today, of my scope; what is open and its lights come from the live cases. See `useCaseCounts`. */
export const caseCountsQuery = queryOptions({
  queryKey: ['cases', 'counts'],
  queryFn: ({ signal }) => fetchJson<CaseCounts>('/cases/counts', { signal }),
  placeholderData: keepPreviousData,
});

export function attachmentUrl(id: string): string {
  return `/api/v1/attachments/${id}`;
}

export type ActionInput = { action: CaseAction } & Omit<ActionBody, 'expectedVersion'>;

interface KnownCase {
  id: string;
  version: number;
}

/** Takes an action on the case as this screen knows it. A stale version brings the current case. */
export function useCaseAction({ id, version }: KnownCase) {
  const keep = useKeepAnswer();
  return useMutation({
    mutationFn: (input: ActionInput) => postAction({ id, version }, input),
    onSuccess: keep.answer,
    onError: (error) => keep.failure(id, error),
  });
}

/** The same for a list: whichever case is named. */
export function useStepOnCase() {
  const keep = useKeepAnswer();
  return useMutation({
    mutationFn: ({ one, input }: { one: KnownCase; input: ActionInput }) => postAction(one, input),
    onSuccess: keep.answer,
    onError: (error, { one }) => keep.failure(one.id, error),
  });
}

/** `key`: the same for one intention, however often it is sent. */
export function postAction(
  { id, version }: KnownCase,
  { action, ...body }: ActionInput,
  key = newKey(),
): Promise<CaseDetail> {
  return fetchJson<CaseDetail>(`/cases/${id}/actions/${action}`, {
    method: 'POST',
    body: { ...body, expectedVersion: version },
    headers: { 'idempotency-key': key },
  });
}

/** What an answer brings, or a refusal because one was behind, goes to every screen that shows the case. */
export function useKeepAnswer() {
  const queryClient = useQueryClient();
  const learn = useLearnCase();
  return {
    answer: (detail: CaseDetail) => {
      queryClient.setQueryData(caseQuery(detail.id).queryKey, detail);
      learn(detail);
      void queryClient.invalidateQueries({ queryKey: timelineQuery(detail.id).queryKey });
    },
    failure: (id: string, error: unknown) => {
      const isBehind = error instanceof ApiError && (error.status === 409 || error.status === 404);
      if (isBehind) void queryClient.invalidateQueries({ queryKey: caseQuery(id).queryKey });
    },
  };
}

/** Uploads a photo, made smaller first, and answers with its id. */
export function useUploadPhoto() {
  return useMutation({
    mutationFn: async (file: File) => {
      const form = new FormData();
      form.append('file', await shrinkPhoto(file), 'photo.jpg');
      return fetchJson<{ id: string }>('/attachments', { method: 'POST', body: form });
    },
  });
}
