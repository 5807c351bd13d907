import type { ImportOptions, ImportResult } from '#contract/imports';
import type { Job } from '#contract/jobs';
import type { TestClient } from './test-client.ts';

export type ImportJob = Omit<Job, 'result'> & { result?: ImportResult };

interface Upload {
  layer: string;
  /** Text or bytes of the file. */
  content: string | Uint8Array;
  name: string;
  options?: ImportOptions & { profile?: string };
}

/** Uploads a file and waits for the end of its import. */
export async function importFile(client: TestClient, upload: Upload): Promise<ImportJob> {
  return untilEnded(client, await submitFile(client, upload));
}

export async function submitFile(
  client: TestClient,
  { layer, content, name, options }: Upload,
): Promise<ImportJob> {
  const { mapping, ...rest } = options ?? {};
  const query = new URLSearchParams({ layer });
  for (const [key, value] of Object.entries(rest)) query.set(key, String(value));
  const form = new FormData();
  form.append('file', new Blob([content as BlobPart]), name);
  if (mapping) form.append('mapping', JSON.stringify(mapping));
  const { status, body } = await client.post<ImportJob>(`/imports?${query.toString()}`, form);
  if (status !== 202) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
}

export async function untilEnded(client: TestClient, { id }: { id: string }): Promise<ImportJob> {
  for (;;) {
    const { body } = await client.get<ImportJob>(`/jobs/${id}`);
    if (body.state !== 'queued' && body.state !== 'running') return body;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
