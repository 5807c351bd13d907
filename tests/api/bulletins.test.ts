import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import exceljs from 'exceljs';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BulletinContent, BulletinSummary, Reproduction } from '#contract/evaluation';
import type { ErrorBody } from '#contract/shared';
import { doAct, expectStatus, fileVendor, uploadPhoto } from '../support/case-story.ts';
import type { TestClient } from '../support/test-client.ts';
import { engines } from '../support/test-database.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

describe.each(engines)('bulletins on %s', (engine) => {
  let server: TestServer;
  let evaluator: TestClient;
  let supervisor: TestClient;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gridwatch-bulletins-'));
    // Tuesday 13 October 2026, 09:00 in Lanzhou.
    server = await startTestServer({ engine, at: new Date('2026-10-13T01:00:00Z') });
    evaluator = await server.signIn('evaluator');
    supervisor = await server.signIn('supervisor');
    await handleVendor(40);
    await handleVendor(40);
    await handleVendor(200);
    server.clock.set(new Date('2026-11-03T01:00:00Z'));
    evaluator = await server.signIn('evaluator');
    supervisor = await server.signIn('supervisor');
  });

  afterAll(async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** One case of street vending, fed back after so many minutes of its two hours, checked and closed. */
  async function handleVendor(minutes: number): Promise<void> {
    const operator = await server.signIn('operator');
    const filed = await fileVendor(server, operator);
    const unit = await server.signIn(`unit-${filed.case.unit?.code}`);
    server.clock.advance(minutes * MINUTE_MS);
    const photos = [await uploadPhoto(unit)];
    const fedBack = await doAct(unit, filed.case, 'feedback', { photos });
    const clerk = await server.signIn('clerk');
    const sent = await doAct(clerk, fedBack, 'send-for-check');
    const checked = await doAct(supervisor, sent, 'check', { passed: true });
    await doAct(clerk, checked, 'close');
    server.clock.advance(5 * MINUTE_MS);
  }

  async function step(
    client: TestClient,
    bulletin: BulletinSummary,
    name: string,
  ): Promise<BulletinSummary & ErrorBody> {
    const answer = await client.post<BulletinSummary & ErrorBody>(`/bulletins/${bulletin.id}/${name}`, {
      expectedVersion: bulletin.version,
    });
    return answer.body;
  }

  async function download(path: string): Promise<Buffer> {
    return expectStatus(await evaluator.get<Buffer>(path), 200);
  }

  it('refuses a period that is not over, and who may not make one', async () => {
    const running = await evaluator.post<ErrorBody>('/bulletins', { period: '2026-11' });
    expect([running.status, running.body.code]).toEqual([409, 'PERIOD_NOT_OVER']);
    const operator = await server.signIn('operator');
    expect((await operator.post('/bulletins', { period: '2026-10' })).status).toBe(403);
    expect((await evaluator.post('/bulletins', { period: '2026-13' })).status).toBe(400);
  });

  it('goes from draft to published, reviewed by somebody else, and is frozen', async () => {
    const draft = expectStatus(
      await evaluator.post<BulletinSummary>('/bulletins', { period: '2026-10' }),
      200,
    );
    expect(draft.state).toBe('draft');
    const unit = await server.signIn('unit-enforcement');
    expect((await unit.get(`/bulletins/${draft.id}`)).status).toBe(404);

    expect((await step(evaluator, draft, 'publish')).code).toBe('BULLETIN_STEP_REFUSED');
    const shared = await step(evaluator, draft, 'share');
    expect(shared.state).toBe('shared');
    expect((await step(evaluator, draft, 'share')).code).toBe('STALE_VERSION');
    expect((await unit.get(`/bulletins/${draft.id}`)).status).toBe(200);
    expect((await step(evaluator, shared, 'review')).code).toBe('NOT_ALLOWED');
    const reviewed = await step(supervisor, shared, 'review');
    expect(reviewed.state).toBe('reviewed');
    const published = await step(evaluator, reviewed, 'publish');
    expect(published).toMatchObject({ state: 'published', sha256: reviewed.sha256 });

    const again = await evaluator.post<ErrorBody>('/bulletins', { period: '2026-10' });
    expect(again.body.code).toBe('BULLETIN_PUBLISHED');
  });

  it('says what the cases say, in JSON, on paper and as a workbook', async () => {
    const [bulletin] = (await evaluator.get<{ items: BulletinSummary[] }>('/bulletins')).body.items;
    if (!bulletin) throw new Error('no bulletin');
    const content = expectStatus(await evaluator.get<BulletinContent>(`/bulletins/${bulletin.id}.json`), 200);
    expect(content.units.total).toMatchObject({ due: 3, solved: 3, inTime: 2 });
    expect(content.cases).toHaveLength(3);
    expect(content.cases.filter(({ counts }) => counts.inTime)).toHaveLength(2);

    const pdf = join(folder, 'bulletin.pdf');
    writeFileSync(pdf, await download(`/bulletins/${bulletin.id}.pdf`));
    const text = execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' });
    expect(text).toContain('七里河区2026年10月综合评价通报');
    expect(text).toContain('正式发布');
    expect(text).toContain(content.cases.find(({ counts }) => !counts.inTime)?.number);
    expect(execFileSync('pdffonts', [pdf], { encoding: 'utf8' })).toMatch(/NotoSansSC.*yes yes/);

    const workbook = new exceljs.Workbook();
    const bytes = await download(`/bulletins/${bulletin.id}.xlsx?lang=en`);
    await workbook.xlsx.load(
      bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer,
    );
    expect(workbook.getWorksheet('Cases')?.rowCount).toBe(4);
    expect(workbook.getWorksheet('Units')?.getRow(2).getCell(5).value).toBe(3);
  });

  it('is reproduced from the log, and a row changed beside the log is found', async () => {
    const [bulletin] = (await evaluator.get<{ items: BulletinSummary[] }>('/bulletins')).body.items;
    const path = `/bulletins/${bulletin?.id}/reproduction`;
    const first = expectStatus(await evaluator.get<Reproduction>(path), 200);
    expect(first).toMatchObject({ identical: true, differences: [], brokenLogs: [], casesRead: 3 });

    const { rows } = await server.db.query<{ case_id: string }>(sql`
      update case_events
      set payload = jsonb_set(payload, '{clocks,stopped,0,usedSeconds}', '600')
      where action = 'feedback'
        and case_id = (select case_id from case_facts where used_seconds > limit_seconds)
      returning case_id`);
    const tampered = expectStatus(await evaluator.get<Reproduction>(path), 200);
    expect(tampered.identical).toBe(false);
    expect(tampered.brokenLogs).toEqual(rows.map(({ case_id: id }) => id));
    expect(tampered.differences.map(({ path: where }) => where)).toContain(
      `/cases/${rows[0]?.case_id}/counts/inTime`,
    );
  });

  it('is withdrawn with everything it said, and another may be made', async () => {
    const [bulletin] = (await evaluator.get<{ items: BulletinSummary[] }>('/bulletins')).body.items;
    if (!bulletin) throw new Error('no bulletin');
    expect((await step(evaluator, bulletin, 'withdraw')).state).toBe('withdrawn');
    const next = await evaluator.post<BulletinSummary>('/bulletins', { period: '2026-10' });
    expect(next.status).toBe(200);
    server.clock.advance(DAY_MS);
  });
});
