import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import canonicalize from 'canonicalize';
import type { Me } from '#contract/access';
import type { CaseDetail, Timeline } from '#contract/cases';
import { projectRoot } from '../../server/project-root.ts';
import { expectStatus } from '../support/case-story.ts';
import { choiceOf, drawRectangle, expectLive, tileOf } from './draw-rectangle.ts';
import { clientOf, enterAs, phone } from './enter-as.ts';
import { jpegSize, metresBetween, truthOf } from './ground-truth.ts';

const photo = join(projectRoot, 'data/qilihe/sample-photo.jpg');

/** The stages a case passes through with one failed check, as the log has them. */
const wholeStory = [
  'file',
  'dispatch',
  'feedback',
  'send-for-check',
  'check',
  'feedback',
  'send-for-check',
  'check',
  'close',
];

test('a newcomer frames the vendor’s stall on camera 1 and sees it close on the wall', async ({
  browser,
}) => {
  test.setTimeout(420_000);
  const stall = truthOf('camera-1', 'vendor');
  const wall = await enterAs(browser, 'wall', { viewport: { width: 1280, height: 720 } });
  const stream = wall.getByRole('complementary', { name: '最新动态' }).getByRole('listitem');
  await expect(stream.first()).toBeVisible({ timeout: 60_000 });

  const operator = await enterAs(browser, 'operator', { viewport: { width: 1920, height: 1080 } });
  expect(new URL(operator.url()).pathname).toBe('/operator');
  const tile = tileOf(operator, '南滨河西路二段·人行道');
  await expectLive(tile);
  const facts = operator.getByRole('region', { name: '框选位置' });
  await drawRectangle(tile, stall.box, async () => {
    await expect(facts).toContainText(/单元网格620103\d{9}/);
    await expect(facts).toContainText(/± \d+\.\d 米（95%），距摄像机 1[5-9] 米/);
    await expect(facts).toContainText('人行道');
  });
  const { dialog, classes } = choiceOf(operator);
  await classes.fill('wzjyys');
  await expect(dialog.getByRole('option').first()).toContainText('无照经营游商');
  await expect(facts).toContainText('责任单位城管执法局');
  await expect(facts).toContainText('处置时限');

  const answer = operator.waitForResponse(
    (response) => new URL(response.url()).pathname === '/api/v1/framings' && response.ok(),
  );
  await classes.press('Enter');
  const filed = (await (await answer).json()) as { case: CaseDetail };
  const toast = operator.getByRole('status').filter({ hasText: '已立案派遣' });
  await expect(toast).toContainText('城管执法局');
  const { id, number } = filed.case;

  await test.step('the wall tells of it', async () => {
    await expect(stream.first()).toContainText('无照经营游商', { timeout: 15_000 });
    await expect(stream.first()).toContainText('处置中');
  });

  const clerkApi = await clientOf('clerk');
  const detail = async () => expectStatus(await clerkApi.get<CaseDetail>(`/cases/${id}`), 200);
  await test.step('the position is that of the stall, the still is the framed frame', async () => {
    const one = await detail();
    expect(metresBetween(one.position, stall.position)).toBeLessThan(1.5);
    expect(one.unit?.code).toBe('enforcement');
    const still = await clerkApi.get<Uint8Array>(`/attachments/${one.stillId}`);
    expect(still.headers.get('content-type')).toBe('image/jpeg');
    expect(jpegSize(still.body)).toEqual(stall.picture);
    expect(one.framing?.cameraId).toBe('camera-1');
    const box = one.framing?.box;
    expect(box).toMatchObject({ x: expect.closeTo(stall.box.x, 2), y: expect.closeTo(stall.box.y, 2) });
    const inRing = await clerkApi.get<Uint8Array>(
      `/cameras/camera-1/frame.jpg?at=${encodeURIComponent(one.framing?.at ?? '')}`,
    );
    expect([200, 503]).toContain(inRing.status);
  });
  await operator.context().close();

  const unit = await enterAs(browser, 'unit-enforcement', phone);
  const clerk = await enterAs(browser, 'clerk', { viewport: { width: 1440, height: 900 } });
  const collectors: string[] = [];
  // Whoever it was sent to goes and looks.
  const checkAs = async (verdict: string) => {
    const username = collectorOf(await detail());
    collectors.push(username);
    const page = await enterAs(browser, username, phone);
    await check(page, id, verdict);
    await page.context().close();
  };

  await test.step('the unit feeds back with a photo', () => feedBack(unit, id));
  await test.step('the desk sends it for a check', () => takeStep(clerk, number, '发核查'));
  await test.step('the check fails: second notice', () => checkAs('不通过'));
  expect(await detail()).toMatchObject({ stage: 'handling', secondNotices: 1 });
  await test.step('the unit feeds back again', async () => {
    await expect(openInList(unit, id)).toContainText('二次抄告 1', { timeout: 30_000 });
    await feedBack(unit, id);
  });
  await test.step('it is sent again', () => takeStep(clerk, number, '发核查'));
  await test.step('the check passes', () => checkAs('通过'));
  await test.step('the clerk closes it', () => takeStep(clerk, number, '结案'));

  await test.step('the wall tells that it is closed', async () => {
    await expect(stream.first()).toContainText('无照经营游商');
    await expect(stream.first()).toContainText('已结案');
  });
  await test.step('the log is whole, each record chained to the one before', async () => {
    const { events } = expectStatus(await clerkApi.get<Timeline>(`/cases/${id}/timeline`), 200);
    expect(events.map(({ action }) => action)).toEqual(wholeStory);
    expect(events.map(({ n }) => n)).toEqual(wholeStory.map((_, index) => index + 1));
    expect(events.filter(({ action }) => action === 'check').map(({ payload }) => payload['passed'])).toEqual(
      [false, true],
    );
    const people = await Promise.all(['operator', 'unit-enforcement', 'clerk', ...collectors].map(idOf));
    let prevHash = '';
    for (const { hash, actor, fromStage = null, ...event } of events) {
      const possible = [null, ...people].map((actorId) => {
        const content = { ...event, fromStage, caseId: id, actorId, actorName: actor };
        return createHash('sha256')
          .update(prevHash + canonicalize(content))
          .digest('hex');
      });
      expect(possible, `${event.n} ${event.action}`).toContain(hash);
      prevHash = hash;
    }
  });
  for (const page of [wall, unit, clerk]) await page.context().close();
});

/** The line of a case in the list of the station that is open. */
function openInList(page: Page, id: string): Locator {
  return page.locator(`button[data-case="${id}"]`);
}

async function feedBack(page: Page, id: string): Promise<void> {
  await openInList(page, id).click();
  await page.getByRole('button', { name: '反馈', exact: true }).click();
  const form = page.getByRole('form', { name: '反馈' });
  await form.locator('input[type=file]').setInputFiles(photo);
  await expect(form.getByRole('img', { name: '照片 1' })).toBeVisible();
  await form.getByRole('button', { name: '确认反馈' }).click();
  await expect(form).toBeHidden();
  await page.getByRole('button', { name: '返回' }).click();
}

async function takeStep(page: Page, number: string, step: string): Promise<void> {
  const row = page.getByRole('row').filter({ hasText: number });
  await page.getByRole('searchbox', { name: '案号、类别、单位' }).fill(number);
  await page.getByRole('searchbox', { name: '案号、类别、单位' }).press('Enter');
  await row.getByRole('button', { name: step }).click();
  await expect(row.getByRole('button', { name: step })).toBeHidden();
}

async function check(page: Page, id: string, verdict: string): Promise<void> {
  await openInList(page, id).click();
  await page.getByRole('button', { name: '核查', exact: true }).click();
  const form = page.getByRole('form', { name: '核查' });
  await form.getByText(verdict, { exact: true }).click();
  await form.getByRole('button', { name: '确认核查' }).click();
  await expect(form).toBeHidden();
  await page.getByRole('button', { name: '返回' }).click();
}

/** The sample has a collector of the whole district and one of each subdistrict. */
function collectorOf({ checker, subdistrictCode }: CaseDetail): string {
  return checker?.name.zh === '信息采集员' ? 'collector' : `collector-${subdistrictCode}`;
}

async function idOf(username: string): Promise<string> {
  return expectStatus(await (await clientOf(username)).get<Me>('/me'), 200).id;
}
