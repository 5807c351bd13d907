import { expect, test } from '@playwright/test';
import type { CaseDetail, CaseSummary } from '#contract/cases';
import type { ErrorBody } from '#contract/shared';
import { expectStatus } from '../support/case-story.ts';
import { clientOf, enterAs, phone } from './enter-as.ts';

test('the chief sees on a phone who holds each late case, calls them, and urges one', async ({ browser }) => {
  const api = await clientOf('chief');
  const page = await enterAs(browser, 'chief', phone);
  await expect(page.getByRole('heading', { name: '七里河区' })).toBeVisible({ timeout: 60_000 });
  const { items } = expectStatus(
    await api.get<{ items: CaseSummary[] }>('/cases?open=true&light=red&limit=500'),
    200,
  );
  const late = items.filter(({ stage, unit, supervision }) => stage === 'handling' && unit && !supervision);
  const chosen = late[0];
  if (!chosen?.unit) throw new Error('no late case is in a unit’s hands');
  await expect(page.getByRole('heading', { name: /超时案件 \d+/ })).toBeVisible();
  const more = page.getByRole('button', { name: /再显示一些/ });
  if (await more.isVisible()) await more.click();

  for (const one of late.slice(0, 5)) {
    const card = page.locator(`article[data-case="${one.id}"]`);
    await expect(card).toContainText(`现由${one.unit?.name.zh}已 `);
    await expect(card).toContainText(/超时 (\d|\d+天|\d\d:\d\d)/);
    const call = card.getByRole('link', { name: `致电${one.unit?.name.zh}` });
    await expect(call).toHaveAttribute('href', `tel:${one.unit?.phone}`);
    const target = await call.boundingBox();
    expect(target?.height, 'large enough for a thumb').toBeGreaterThanOrEqual(40);
  }

  const card = page.locator(`article[data-case="${chosen.id}"]`);
  await card.getByRole('button', { name: '督办' }).click();
  await page
    .getByRole('tooltip')
    .getByRole('button', { name: /督\s?办/ })
    .click();
  await expect(card.getByRole('button', { name: /^(loading )?督办中$/ })).toBeDisabled();
  const urged = expectStatus(await api.get<CaseDetail>(`/cases/${chosen.id}`), 200);
  expect(urged.supervision?.dueAt).toBeDefined();

  await card.getByRole('button', { name: chosen.className.zh }).click();
  const drawer = page.getByRole('dialog');
  const clock = drawer
    .getByRole('article', { name: chosen.number })
    .locator('dl > div', { hasText: /^督办/ });
  await expect(clock).toContainText(/剩 |不计时/, { timeout: 30_000 });
  await expect(drawer.getByRole('region', { name: '案件经过' })).toContainText('督办');
  await page.context().close();
});

test('a subdistrict’s head finds only the cases of that subdistrict', async ({ browser }) => {
  const all = await clientOf('chief');
  const { items } = expectStatus(await all.get<{ items: CaseSummary[] }>('/cases?open=true&limit=500'), 200);
  const own = items.find(({ subdistrictCode }) => subdistrictCode === '620103003');
  const other = items.find(({ subdistrictCode }) => subdistrictCode === '620103004');
  if (!own || !other) throw new Error('the sample has no open cases in both subdistricts');
  const head = await clientOf('subdistrict-620103003');
  const hidden = await head.get<ErrorBody>(`/cases/${other.id}`);
  expect([hidden.status, hidden.body.code]).toEqual([404, 'CASE_NOT_FOUND']);

  const page = await enterAs(browser, 'subdistrict-620103003', phone);
  await page.getByRole('button', { name: '显示全部在办' }).click();
  await expect(page.locator(`article[data-case="${own.id}"]`)).toBeVisible();
  await expect(page.locator(`article[data-case="${other.id}"]`)).toHaveCount(0);
  await page.goto(`/cases/${other.id}`);
  await expect(page.getByText('未找到案件')).toBeVisible();
  await expect(page.getByText(other.number)).toHaveCount(0);
  await page.goto(`/cases/${own.id}`);
  await expect(page.getByRole('article', { name: own.number })).toBeVisible();
  await page.context().close();
});
