import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import type { Part } from '#contract/parts';
import type {} from '../../client/map/test-handle.ts';
import { expectStatus } from '../support/case-story.ts';
import { clientOf, enterAs, origin, phone } from './enter-as.ts';

async function expectInOrder(page: Page): Promise<void> {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(over, 'pixels wider than the screen').toBeLessThanOrEqual(0);
  const { violations } = await new AxeBuilder({ page }).analyze();
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(
    grave.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .slice(0, 3)
          .map(({ target, html }) => `${target.join(' ')} ${html.slice(0, 120)}`)
          .join('; ')}`,
    ),
  ).toEqual([]);
}

async function anyPart(): Promise<Part> {
  const api = await clientOf('admin');
  const { items } = expectStatus(await api.get<{ items: Part[] }>('/parts?class=P01037&limit=20'), 200);
  if (!items[9]) throw new Error('the sample has too few lamps');
  return items[9];
}

test('goes from a part to its cell, its division and the list of its parts', async ({ browser }) => {
  const part = await anyPart();
  const page = await enterAs(browser, 'admin');
  await page.goto(`${origin}/map?sel=part:${part.code}`);
  const card = page.locator('[data-card]');
  await expect(card).toContainText(part.code, { timeout: 60_000 });
  // The address gets the camera that looks at it, and survives a reload.
  await page.waitForURL((url) => url.searchParams.has('at'));
  await page.waitForFunction(() => window.__gridwatchMap?.ready, null, { timeout: 120_000 });
  await expectInOrder(page);

  await card.getByRole('button', { name: part.cell.code }).click();
  await expect(page.getByRole('article', { name: /^单元网格/ })).toContainText('平方米');
  await expectInOrder(page);
  await card.getByRole('button', { name: '列出这些部件' }).click();
  const list = page.getByRole('region', { name: '部件台账' });
  await expect(list.locator(`[data-part="${part.code}"]`)).toBeVisible();
  await expectInOrder(page);

  await card.getByRole('region', { name: '单元网格' }).getByRole('button', { name: /街道$/ }).click();
  const division = page.getByRole('article', { name: /^街道/ });
  await expect(division.getByRole('region', { name: /^下辖/ }).getByRole('button').first()).toBeVisible();
  await expectInOrder(page);
  await page.goBack();
  await expect(page.getByRole('article', { name: /^单元网格/ })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('article', { name: /^单元网格/ })).toBeVisible({ timeout: 60_000 });
  await page.context().close();
});

test('an evaluator reads and does not edit', async ({ browser }) => {
  const part = await anyPart();
  const page = await enterAs(browser, 'evaluator');
  await page.goto(`${origin}/map?sel=part:${part.code}&list=true`);
  await expect(page.locator('[data-card]')).toContainText(part.code, { timeout: 60_000 });
  await expect(page.locator('[data-card]').getByRole('region', { name: '变更历史' })).toBeVisible();
  for (const action of ['state', 'edit', 'move', 'retire', 'add', 'add-here'])
    await expect(page.locator(`[data-action=${action}]`)).toHaveCount(0);
  await page.context().close();
});

test('does the same on a phone with a thumb', async ({ browser }) => {
  const part = await anyPart();
  const page = await enterAs(browser, 'supervisor', phone);
  await page.goto(`${origin}/map`);
  await page.waitForFunction(() => window.__gridwatchMap?.ready, null, { timeout: 120_000 });
  await page.getByRole('combobox', { name: /搜索编码/ }).tap();
  await page.keyboard.type(part.code.slice(-9));
  await page.locator(`[role=option][data-id="${part.code}"]`).tap();
  const sheet = page.getByRole('region', { name: '选中的对象' });
  await expect(sheet).toContainText(part.code);
  await expectInOrder(page);
  for (const name of ['变更状态', '编辑', '移位', '关闭']) {
    const target = await sheet.getByRole('button', { name }).first().boundingBox();
    expect(Math.min(target?.height ?? 0, target?.width ?? 0), name).toBeGreaterThanOrEqual(44);
  }
  await sheet.getByRole('button', { name: '关闭' }).tap();
  await page.getByRole('button', { name: '部件台账' }).tap();
  await expect(page.getByRole('region', { name: '部件台账' }).locator('[data-part]').first()).toBeVisible();
  await expectInOrder(page);
  await page.getByRole('button', { name: '关闭部件台账' }).tap();
  await page.getByRole('button', { name: '图层' }).tap();
  await expect(page.getByRole('region', { name: '图层' }).first()).toBeVisible();
  await expectInOrder(page);
  await page.context().close();
});
