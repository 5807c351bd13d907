import { expect, test } from '@playwright/test';
import { doAct, uploadPhoto } from '../support/case-story.ts';
import { clientOf, enterAs, origin } from './enter-as.ts';
import { expectAccessible } from './expect-accessible.ts';
import { caseNow, fileReturned, fileVendor } from './vendor-case.ts';

const desktop = { viewport: { width: 1920, height: 1080 } };

test('a request appears by itself, a refusal needs its reason, and the unit reads it', async ({
  browser,
}) => {
  const page = await enterAs(browser, 'supervisor', desktop);
  await page.goto(`${origin}/supervision`);
  await expect(page.getByRole('heading', { name: /缓办、延期申请 \d+/ })).toBeVisible({ timeout: 60_000 });
  const filed = await fileVendor();
  const unit = await clientOf('unit-enforcement');
  const asked = await doAct(unit, filed, 'request-postponement', { reason: '列入改造计划' });
  const request = page.locator(`[data-request="${asked.request?.id}"]`);
  await expect(request).toContainText('列入改造计划');
  await expect(request).toContainText('缓办申请');
  await request.getByRole('button', { name: '不批准' }).click();
  await expect(request).toContainText('不批准须写明理由');
  await request.getByRole('textbox', { name: '意见' }).fill('须按时限处置');
  await request.getByRole('button', { name: '不批准' }).click();
  await expect(request).toHaveCount(0);
  const decided = await caseNow('unit-enforcement', filed.id);
  expect(decided.requests[0]).toMatchObject({ state: 'refused', decisionNote: '须按时限处置' });
  expect(decided.flags.postponedAt).toBeUndefined();
  await page.context().close();
});

test('a second return is decided by the arbiter, and the decision binds', async ({ browser }) => {
  const returned = await fileReturned();
  const again = await doAct(await clientOf('dispatcher'), returned, 'dispatch');
  const unit = await clientOf('unit-enforcement');
  const asked = await doAct(unit, again, 'return', {
    reasonCode: 'wrong-place',
    reason: '位置在相邻辖区',
    photos: [await uploadPhoto(unit)],
  });
  expect(asked).toMatchObject({ stage: 'handling', request: { kind: 'return' } });
  const page = await enterAs(browser, 'supervisor', desktop);
  await page.goto(`${origin}/supervision`);
  const request = page.locator(`[data-request="${asked.request?.id}"]`);
  await expect(request).toContainText('位置有误', { timeout: 60_000 });
  await expect(request.getByRole('img', { name: '照片 1' })).toBeVisible();
  await request.getByRole('textbox', { name: '意见' }).fill('经核实在本单位辖区');
  await request.getByRole('button', { name: '不同意，由该单位继续处置' }).click();
  await expect(request).toHaveCount(0);
  const bound = await caseNow('unit-enforcement', returned.id);
  expect(bound.stage).toBe('handling');
  expect(bound.allowed.map(({ action }) => action)).not.toContain('return');
  await page.context().close();
});

test('a case nobody is responsible for is given to the proposed unit, with the reason', async ({
  browser,
}) => {
  const page = await enterAs(browser, 'supervisor', desktop);
  await page.goto(`${origin}/supervision`);
  const panel = page.getByRole('region', { name: /无责任主体 \d+/ });
  const item = panel.locator('[data-no-subject]').first();
  await expect(item).toContainText('属地建议', { timeout: 60_000 });
  const id = (await item.getAttribute('data-no-subject')) ?? '';
  await item.getByRole('button', { name: '协调指定' }).click();
  const form = panel.getByRole('form', { name: '协调指定' });
  await form.getByRole('button', { name: /派\s?遣/ }).click();
  await expect(form).toContainText('请填写原因');
  await form.getByRole('textbox', { name: '原因' }).fill('属地管理');
  await form.getByRole('button', { name: /派\s?遣/ }).click();
  await expect(panel.locator(`[data-no-subject="${id}"]`)).toHaveCount(0);
  const given = await caseNow('supervisor', id);
  expect(given.stage).toBe('handling');
  expect(given.unit?.code).toBe(given.proposed?.code);
  await page.context().close();
});

test('the supervisor’s desk is in order for a keyboard and a screen reader', async ({ browser }) => {
  for (const viewport of [
    { width: 1920, height: 1080 },
    { width: 390, height: 844 },
  ]) {
    const page = await enterAs(browser, 'supervisor', { viewport });
    await page.goto(`${origin}/supervision`);
    await expect(page.locator('[data-late]').first()).toBeVisible({ timeout: 60_000 });
    await expectAccessible(page);
    await page.context().close();
  }
});
