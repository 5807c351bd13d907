import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CaseAction, CaseDetail } from '#contract/cases';
import type { NewReport } from '#contract/reports';
import { findUserByName } from '../access/repository.ts';
import type { SessionUser } from '../access/session-user.ts';
import { addPhoto } from '../attachments/service.ts';
import { actOnCase } from '../cases/service.ts';
import { createManualClock } from '../clock/system-clock.ts';
import type { Context } from '../context.ts';
import { projectRoot } from '../project-root.ts';
import { acceptReport, createReport } from '../reports/service.ts';
import { claimSetting } from '../settings/service.ts';
import { listSamplePlaces } from './repository.ts';
import { planSampleCases, type PlannedCase } from './plan-sample-cases.ts';

const SETTING = 'sample-cases';

/**
 * Gives a new sample district some days of invented cases, so that no screen starts empty: reported, filed, handled,
 * checked and closed through the services themselves, at the times they are said to have happened. Once per database;
 * a start that is cut off leaves fewer cases, each of them whole.
 */
export async function addSampleCases(context: Context, log: (line: string) => void): Promise<void> {
  const now = context.clock.now();
  if (!(await claimSetting(context.db, SETTING, { at: now.toISOString() }))) return;
  const places = await listSamplePlaces(context.db);
  const plan = planSampleCases(now, places);
  log(`写入示例案件 ${plan.length} / adding ${plan.length} sample cases`);
  const photo = await readFile(join(projectRoot, 'data/qilihe/sample-photo.jpg'));
  for (const one of plan) await live(context, one, now, photo);
}

/** Lets one case happen, as far as it has come by now. */
async function live(context: Context, planned: PlannedCase, now: Date, photo: Uint8Array): Promise<void> {
  const clock = createManualClock(planned.receivedAt);
  const past: Context = { ...context, clock };
  /** False when the next step lies in the future. */
  const waitMinutes = (minutes: number) => {
    clock.advance(minutes * 60_000);
    return clock.now() < now;
  };
  const report: NewReport = { ...planned.report };
  const reporter = await userOf(context, planned.report.channel === 'hotline' ? 'hotline' : 'collector');
  const created = await createReport(past, reporter, { body: report, key: undefined });
  if (!waitMinutes(planned.verifiedAfter)) return;
  const clerk = await userOf(context, 'clerk');
  const decided = await acceptReport(past, clerk, {
    id: created.report.id,
    body: { expectedVersion: created.report.version },
    key: undefined,
  });
  let current: CaseDetail = decided.case;

  async function act(username: string, action: CaseAction, body: object = {}): Promise<void> {
    const user = await userOf(context, username);
    current = await actOnCase(past, user, {
      caseId: current.id,
      action,
      body: { expectedVersion: current.version, ...body },
      key: undefined,
    });
  }

  const unit = current.unit ? `unit-${current.unit.code}` : undefined;
  if (!unit || planned.handledAfter === undefined || !waitMinutes(planned.handledAfter)) return;
  const uploaded = await addPhoto(past, await userOf(context, unit), photo);
  await act(unit, 'feedback', { photos: [uploaded.id], note: '已处置，请核查。' });
  if (planned.stopsAt === 'send-for-check' || !waitMinutes(8)) return;
  await act('dispatcher', 'send-for-check');
  if (planned.stopsAt === 'check' || !waitMinutes(26)) return;
  await act('collector', 'check', { passed: planned.stopsAt !== 'second-notice' });
  if (planned.stopsAt === 'closing' || planned.stopsAt === 'second-notice' || !waitMinutes(11)) return;
  await act('clerk', 'close');
}

async function userOf({ db }: Context, username: string): Promise<SessionUser> {
  const row = await findUserByName(db, username);
  if (!row) throw new Error(`the sample has no account ${username}`);
  return {
    id: row.id,
    username: row.username,
    name: { zh: row.display_name_zh, en: row.display_name_en },
    role: row.role,
    scope: { kind: row.scope_kind, code: row.scope_code },
    sessionSha256: '',
    expiresAt: new Date(0),
  };
}
