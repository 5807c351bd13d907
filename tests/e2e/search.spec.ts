import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import type { Part } from '#contract/parts';
import { expectStatus } from '../support/case-story.ts';
import { clientOf, enterAs } from './enter-as.ts';

/** Opens the box from any station; a page that has just come may not hear the first keys. */
async function openSearch(page: Page): Promise<void> {
  await expect(async () => {
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('combobox', { name: /搜索编码/ })).toBeFocused({ timeout: 3_000 });
  }).toPass();
}

test('finds a lamp by its last digits with the keyboard alone', async ({ browser }) => {
  const api = await clientOf('supervisor');
  const { items } = expectStatus(await api.get<{ items: Part[] }>('/parts?class=P01037&limit=40'), 200);
  const lamp = items.at(-1);
  if (!lamp) throw new Error('the sample has no lamps');
  const page = await enterAs(browser, 'supervisor');
  await expect(page.getByRole('banner')).toBeVisible({ timeout: 60_000 });

  await openSearch(page);
  await page.keyboard.type(lamp.code.slice(-9));
  const option = page.getByRole('option').and(page.locator(`[data-id="${lamp.code}"]`));
  await expect(option).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).include('.ant-modal').analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
  for (let step = 0; step < 24 && (await option.getAttribute('aria-selected')) !== 'true'; step += 1)
    await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');

  await page.waitForURL((url) => url.pathname === '/map' && url.search.includes(lamp.code));
  const card = page.getByRole('article', { name: /^部件/ });
  await expect(card).toContainText(lamp.code, { timeout: 60_000 });
  await expect(card.getByRole('region', { name: '编码含义' })).toContainText('路灯');
  await expect(card.getByRole('region', { name: '目前由谁负责' })).toContainText(/责任单位/);

  // What was chosen is offered again before a word is typed.
  await openSearch(page);
  await expect(page.getByRole('group', { name: '最近搜索' })).toContainText('路灯');
  await page.keyboard.press('Escape');
  await page.context().close();
});

test('says that nothing was found, and how to ask', async ({ browser }) => {
  const page = await enterAs(browser, 'operator');
  await openSearch(page);
  await page.keyboard.type('没有这样的东西');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('没有找到“没有这样的东西”');
  await expect(dialog).toContainText('拼音首字母');
  await page.keyboard.press('Escape');
  await expect(dialog.getByRole('combobox')).toHaveValue('');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await page.context().close();
});

test('opens a case by its number, and lists the parts of a class', async ({ browser }) => {
  const api = await clientOf('dispatcher');
  const { items } = expectStatus(
    await api.get<{ items: { id: string; number: string }[] }>('/cases?open=true&limit=1'),
    200,
  );
  const one = items[0];
  if (!one) throw new Error('the sample has no open case');
  const page = await enterAs(browser, 'dispatcher');
  await openSearch(page);
  await page.keyboard.type(one.number);
  await expect(page.locator(`[role=option][data-id="${one.id}"]`)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/cases/${one.id}`);
  await expect(page.getByRole('article', { name: one.number })).toBeVisible();

  await openSearch(page);
  await page.keyboard.type('P01037');
  await page.locator('[role=option][data-kind=class][data-id=P01037]').click();
  await page.waitForURL((url) => url.pathname === '/map' && url.searchParams.get('class') === 'P01037');
  await expect(page.getByRole('region', { name: '部件台账' }).getByRole('row').nth(1)).toContainText('路灯', {
    timeout: 60_000,
  });
  await page.context().close();
});
