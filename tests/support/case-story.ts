import type { CaseDetail } from '#contract/cases';
import type { FramingResult, NewFraming } from '#contract/reports';
import type { ErrorBody } from '#contract/shared';
import type { Answer, TestClient } from './test-client.ts';
import type { TestServer } from './test-server.ts';

/** The smallest JPEG with a frame header: 1 × 1, grey. */
export const tinyJpeg = Buffer.from(
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AKp//2Q==',
  'base64',
);

/** An itinerant vendor: two hours of natural time to handle, everything else in working time. */
export const vendor = 'E09001';

/** A box in the lower middle of camera 1's picture: on the ground, within its range. */
export const nearBox = { x: 0.45, y: 0.55, width: 0.1, height: 0.2 };

export function vendorFraming(server: TestServer, more: Partial<NewFraming> = {}): NewFraming {
  return {
    cameraId: 'camera-1',
    at: server.clock.now().toISOString(),
    box: nearBox,
    class: vendor,
    file: true,
    still: tinyJpeg.toString('base64'),
    ...more,
  };
}

/** The body of an answer that must have this status; says what came instead. */
export function expectStatus<T>(answer: Answer<T>, status: number): T {
  if (answer.status !== status) {
    throw new Error(`expected ${status}, got ${answer.status}: ${JSON.stringify(answer.body)}`);
  }
  return answer.body;
}

export async function fileVendor(server: TestServer, operator: TestClient, more: Partial<NewFraming> = {}) {
  const answer = await operator.post<FramingResult>('/framings', vendorFraming(server, more));
  const result = expectStatus(answer, 201);
  if (!result.case) throw new Error('the framing filed no case');
  return { framing: result, case: result.case };
}

export async function uploadPhoto(client: TestClient): Promise<string> {
  const answer = await client.post<{ id: string }>('/attachments', tinyJpeg, {
    'content-type': 'image/jpeg',
  });
  return expectStatus(answer, 201).id;
}

export function act(
  client: TestClient,
  subject: { id: string; version: number },
  action: string,
  body: object = {},
) {
  return client.post<CaseDetail & ErrorBody>(`/cases/${subject.id}/actions/${action}`, {
    expectedVersion: subject.version,
    ...body,
  });
}

/** An action that must succeed; gives the case as it is then. */
export async function doAct(
  client: TestClient,
  subject: { id: string; version: number },
  action: string,
  body: object = {},
): Promise<CaseDetail> {
  return expectStatus(await act(client, subject, action, body), 200);
}

/** Sends a case for check to the collector of the whole district, who is signed in as `collector`. */
export async function sendToCollector(
  client: TestClient,
  collector: TestClient,
  subject: { id: string; version: number },
): Promise<CaseDetail> {
  const { id } = expectStatus(await collector.get<{ id: string }>('/me'), 200);
  return doAct(client, subject, 'send-for-check', { checker: id });
}
