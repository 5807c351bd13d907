import type { CaseDetail } from '#contract/cases';
import type { FramingResult } from '#contract/reports';
import { doAct, expectStatus, nearBox, tinyJpeg, vendor } from '../support/case-story.ts';
import { clientOf } from './enter-as.ts';

/** A vendor’s case in the hands of the enforcement bureau, in natural time. */
export async function fileVendor(): Promise<CaseDetail> {
  const operator = await clientOf('operator');
  const answer = await operator.post<FramingResult>('/framings', {
    // Far from where the other stories look for similar cases.
    cameraId: 'camera-6',
    at: new Date().toISOString(),
    box: nearBox,
    class: vendor,
    file: true,
    still: tinyJpeg.toString('base64'),
  });
  const filed = expectStatus(answer, 201).case;
  if (filed?.unit?.code !== 'enforcement') throw new Error('the case did not go to enforcement');
  return filed;
}

/** The same, sent back by the unit: it waits to be dispatched, and the rules still name the unit. */
export async function fileReturned(): Promise<CaseDetail> {
  const filed = await fileVendor();
  const unit = await clientOf('unit-enforcement');
  return doAct(unit, filed, 'return', { reasonCode: 'not-our-duty', reason: '由他部门负责' });
}

export async function caseNow(username: string, id: string): Promise<CaseDetail> {
  return expectStatus(await (await clientOf(username)).get<CaseDetail>(`/cases/${id}`), 200);
}
