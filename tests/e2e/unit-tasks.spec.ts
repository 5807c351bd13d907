import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { projectRoot } from '../../server/project-root.ts';
import { doAct } from '../support/case-story.ts';
import { clientOf, enterAs, origin, phone } from './enter-as.ts';
import { expectAccessible } from './expect-accessible.ts';
import { caseNow, fileVendor } from './vendor-case.ts';

const photo = join(projectRoot, 'data/qilihe/sample-photo.jpg');

test('a unit asks for more time on a phone and sees the decision and the new deadline by itself', async ({
  browser,
}) => {
  const filed = await fileVendor();
  const page = await enterAs(browser, 'unit-enforcement', phone);
  await page.goto(`${origin}/unit?case=${filed.id}`);
  await page.getByRole('button', { name: '申请延期' }).click({ timeout: 60_000 });
  const form = page.getByRole('form', { name: '申请延期' });
  await form.getByRole('button', { name: '确认申请延期' }).click();
  await expect(form).toContainText('请填写时长');
  await form.getByRole('spinbutton', { name: '数量' }).fill('3');
  await form.getByRole('textbox', { name: '原因' }).fill('需夜间施工');
  await form.getByRole('button', { name: '确认申请延期' }).click();
  const requests = page.getByRole('region', { name: '申请与裁决' });
  await expect(requests).toContainText('申请延期 3时');
  await expect(requests).toContainText('待审批');

  const asked = await caseNow('supervisor', filed.id);
  expect(asked.requests[0]).toMatchObject({ kind: 'extension', seconds: 10_800 });
  await doAct(await clientOf('supervisor'), asked, 'decide-request', {
    request: asked.request?.id,
    approved: true,
    seconds: 7_200,
  });
  await expect(requests).toContainText('批准延期 2时');
  const lane = page.locator('[data-stage=handling]');
  const hours = (Date.parse(filed.dueAt ?? '') - Date.parse(filed.stageSince)) / 3_600_000 + 2;
  await expect(lane).toContainText(`/ ${hours}时`);
  await lane.getByRole('button').first().click();
  await expect(page.getByRole('tooltip')).toContainText('批准延期 2时');
  await expect(page.getByRole('tooltip')).toContainText('重新计时');
  await page.context().close();
});

test('a return of what is not there needs a photo, one of another’s duty does not', async ({ browser }) => {
  const filed = await fileVendor();
  const page = await enterAs(browser, 'unit-enforcement', phone);
  await page.goto(`${origin}/unit?case=${filed.id}`);
  await page.getByRole('button', { name: '退回' }).click({ timeout: 60_000 });
  const form = page.getByRole('form', { name: '退回' });
  await form.getByRole('textbox', { name: '原因' }).fill('到场未发现');
  await form.getByRole('radio', { name: '现场无此问题' }).check();
  await form.getByRole('button', { name: '确认退回' }).click();
  await expect(form).toContainText('请附照片');
  await form.locator('input[type=file]').setInputFiles(photo);
  await expect(form.getByRole('img', { name: '照片 1' })).toBeVisible();
  await form.getByRole('button', { name: '确认退回' }).click();
  await expect(form).toBeHidden();
  expect(await caseNow('supervisor', filed.id)).toMatchObject({ stage: 'dispatch', dispatchCount: 1 });
  await page.context().close();
});

test('the tasks, the cases that fell due and the checks are in order on a phone', async ({ browser }) => {
  await fileVendor();
  const page = await enterAs(browser, 'unit-enforcement', phone);
  await page.goto(`${origin}/unit`);
  await expect(page.locator('button[data-case]').first()).toBeVisible({ timeout: 60_000 });
  await expectAccessible(page);
  await page.getByText('已到期', { exact: true }).click();
  await expect(page.getByRole('region', { name: '当月到期案件' })).toBeVisible();
  await expectAccessible(page);
  await page.context().close();

  const collector = await enterAs(browser, 'collector', {
    ...phone,
    geolocation: { longitude: 103.77, latitude: 36.06 },
    permissions: ['geolocation'],
  });
  await collector.goto(`${origin}/checks`);
  await expect(collector.locator('button[data-case]').first()).toBeVisible({ timeout: 60_000 });
  await collector.getByRole('button', { name: '按距离排序' }).click();
  await expect(collector.getByText('已按您的位置排序')).toBeVisible();
  await expect(collector.locator('button[data-case]').first()).toContainText(/距此 \d/);
  await expectAccessible(collector);
  await collector.context().close();
});
