import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import type { RowError } from '#contract/imports';
import type { Job, JobProgress } from '#contract/jobs';
import { ErrorBody } from '#contract/shared';
import { Value } from 'typebox/value';
import { parseCsv } from '../sample/parse-csv.ts';
import type { TerminalImport } from './import-from-terminal.ts';

interface Server {
  url: string;
  /** An administrator's API key, `gw_…`. */
  key: string;
  onProgress: (progress: JobProgress) => void;
}

const POLL_MS = 700;

/** Hands a file to a running server and waits for its job. @throws Error with the server's words */
export async function importOnServer(
  { path, layer, options, profile }: TerminalImport,
  { url, key, onProgress }: Server,
): Promise<{ job: Job; errors: AsyncIterable<RowError> }> {
  const api = `${url.replace(/\/+$/, '')}/api/v1`;
  const headers = { authorization: `Bearer ${key}` };
  const { mapping, ...rest } = options;
  const query = new URLSearchParams({ layer, ...(profile === undefined ? {} : { profile }) });
  for (const [name, value] of Object.entries(rest)) query.set(name, String(value));
  const form = new FormData();
  if (mapping) form.append('mapping', JSON.stringify(mapping));
  form.append('file', await openAsBlob(path), basename(path));
  let job = await answerOf<Job>(
    await fetch(`${api}/imports?${query.toString()}`, { method: 'POST', headers, body: form }),
  );
  while (job.state === 'queued' || job.state === 'running') {
    if (job.progress) onProgress(job.progress);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    job = await answerOf<Job>(await fetch(`${api}/jobs/${job.id}`, { headers }));
  }
  return { job, errors: listErrors(`${api}/jobs/${job.id}/errors.csv`, headers) };
}

async function answerOf<T>(response: Response): Promise<T> {
  const body: unknown = await response.json();
  if (response.ok) return body as T;
  throw new Error(Value.Check(ErrorBody, body) ? `${body.code}: ${body.message}` : `HTTP ${response.status}`);
}

async function* listErrors(url: string, headers: Record<string, string>): AsyncGenerator<RowError> {
  const response = await fetch(url, { headers });
  const text = (await response.text()).replace(/^\u{FEFF}/u, '');
  for (const row of parseCsv(text)) {
    yield {
      line: Number(row.line),
      field: row.field ?? '',
      reason: row.reason ?? '',
      message: { zh: row.message_zh ?? '', en: row.message_en ?? '' },
      ...(row.value ? { value: row.value } : {}),
    };
  }
}
