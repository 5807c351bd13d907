import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { FeatureCollection } from 'geojson';
import type { ImportLayer, ImportOptions, ImportProfile, NewImportProfile } from '#contract/imports';
import type { Job } from '#contract/jobs';
import { ApiError, fetchJson } from '../access/fetch-json.ts';
import { jobQuery, jobsQuery } from '../jobs/api.ts';

export const importLayers = [
  'divisions',
  'cells',
  'parts',
  'buildings',
  'roads',
  'cameras',
  'cases',
] as const satisfies ImportLayer[];

export const profilesQuery = queryOptions({
  queryKey: ['import-profiles'],
  queryFn: async ({ signal }) =>
    (await fetchJson<{ items: ImportProfile[] }>('/import-profiles', { signal })).items,
});

/** The first rows as they would lie on the map, rejected ones with their reason. */
export function previewQuery(jobId: string) {
  return queryOptions({
    queryKey: ['imports', jobId, 'preview'],
    queryFn: ({ signal }) => fetchJson<FeatureCollection>(`/imports/${jobId}/preview.geojson`, { signal }),
    staleTime: Infinity,
    retry: false,
  });
}

interface Upload {
  file: File;
  layer: ImportLayer;
  datum?: string | undefined;
  profile?: string | undefined;
  onSent: (share: number) => void;
  signal?: AbortSignal;
}

/** Sends a file for a dry run. XMLHttpRequest, because fetch does not say how much of a large file has been sent. */
function sendFile({ file, layer, datum, profile, onSent, signal }: Upload): Promise<Job> {
  const query = new URLSearchParams({ layer, dryRun: 'true' });
  if (datum) query.set('datum', datum);
  if (profile) query.set('profile', profile);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/v1/imports?${query.toString()}`);
    request.responseType = 'json';
    request.setRequestHeader('accept', 'application/json');
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      onSent(total > 0 ? loaded / total : 0),
    );
    request.addEventListener('load', () => {
      const body = request.response as (Job & { code?: string; details?: unknown }) | null;
      if (request.status >= 200 && request.status < 300 && body) resolve(body);
      else reject(new ApiError(body?.code ?? 'UNKNOWN', request.status, body?.details));
    });
    request.addEventListener('error', () => reject(new ApiError('UNREACHABLE', 0)));
    request.addEventListener('abort', () => reject(new ApiError('UPLOAD_STOPPED', 0)));
    signal?.addEventListener('abort', () => request.abort());
    const form = new FormData();
    form.append('file', file, file.name);
    request.send(form);
  });
}

function useKeepJob() {
  const client = useQueryClient();
  return (job: Job) => {
    client.setQueryData(jobQuery(job.id).queryKey, job);
    void client.invalidateQueries({ queryKey: jobsQuery.queryKey, exact: true });
  };
}

export function useUpload() {
  const keep = useKeepJob();
  return useMutation({ mutationFn: sendFile, onSuccess: keep });
}

/** Runs the file of an earlier job again, as a dry run or for good. */
export function useRunAgain(jobId: string) {
  const keep = useKeepJob();
  return useMutation({
    mutationFn: (options: ImportOptions) =>
      fetchJson<Job>(`/imports/${jobId}/run`, { method: 'POST', body: options }),
    onSuccess: keep,
  });
}

export function useSaveProfile() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (profile: NewImportProfile) =>
      fetchJson<ImportProfile>('/import-profiles', { method: 'POST', body: profile }),
    onSuccess: () => client.invalidateQueries({ queryKey: profilesQuery.queryKey }),
  });
}
