import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type {
  DecidedReport,
  FramingPreview,
  FramingResult,
  NewFraming,
  PreviewRequest,
  Report,
} from '#contract/reports';
import { useLearnCase } from '../../realtime/live-store.tsx';
import { fetchJson } from '../access/fetch-json.ts';
import { caseCountsQuery } from '../cases/api.ts';

/** Reports that wait for somebody to accept or reject them. */
export const waitingReportsQuery = queryOptions({
  queryKey: ['reports', 'received'],
  queryFn: async ({ signal }) =>
    (await fetchJson<{ items: Report[] }>('/reports?state=received', { signal })).items,
});

export type ReportDecision =
  { decision: 'accept'; class?: string; condition?: number } | { decision: 'reject'; reason: string };

export function useDecideReport({ id, version }: Pick<Report, 'id' | 'version'>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ decision, ...body }: ReportDecision) =>
      fetchJson<DecidedReport | Report>(`/reports/${id}/${decision}`, {
        method: 'POST',
        body: { ...body, expectedVersion: version },
      }),
    onSettled: () => void queryClient.invalidateQueries({ queryKey: waitingReportsQuery.queryKey }),
  });
}

/** Where a rectangle lies and who would be responsible. */
export function previewFraming(request: PreviewRequest, signal: AbortSignal): Promise<FramingPreview> {
  return fetchJson<FramingPreview>('/framings/preview', { method: 'POST', body: request, signal });
}

export interface FramingToFile {
  /** One key for one rectangle, however often it is sent. */
  key: string;
  framing: Omit<NewFraming, 'still'>;
  still?: Blob | undefined;
}

/** Files a framing (or attaches it), with the JPEG of its very frame. */
export function useFileFraming() {
  const queryClient = useQueryClient();
  const learn = useLearnCase();
  return useMutation({
    mutationFn: ({ key, framing, still }: FramingToFile) => {
      const headers = { 'idempotency-key': key };
      if (!still) return fetchJson<FramingResult>('/framings', { method: 'POST', headers, body: framing });
      const form = new FormData();
      form.append('framing', JSON.stringify(framing));
      form.append('still', still, 'still.jpg');
      return fetchJson<FramingResult>('/framings', { method: 'POST', headers, body: form });
    },
    onSuccess: (result) => {
      if (result.case) learn(result.case);
      void queryClient.invalidateQueries({ queryKey: caseCountsQuery.queryKey });
    },
  });
}

export function useUndoFraming() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => fetchJson<{ report: Report }>(`/framings/${id}/undo`, { method: 'POST' }),
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: caseCountsQuery.queryKey }),
  });
}
