import { expect, test } from '@playwright/test';
import { enterAs, origin } from './enter-as.ts';
import { expectAccessible } from './expect-accessible.ts';
import { caseNow, fileReturned, fileVendor } from './vendor-case.ts';

const desktop = { viewport: { width: 1920, height: 1080 } };

test('one key dispatches the row to the unit that the rules name, and the hand stays where it is', async ({
  browser,
}) => {
  const one = await fileReturned();
  const page = await enterAs(browser, 'dispatcher', desktop);
  await page.goto(`${origin}/desk?q=${one.number}`);
  const row = page.locator(`[data-row="${one.id}"]`);
  await expect(row).toContainText('待派遣', { timeout: 60_000 });
  await expect(row, 'the unit it would go to').toContainText('拟派 城管执法局');
  await row.focus();
  await page.keyboard.press('d');
  await expect(page.getByText(`${one.number} 已派遣`)).toBeVisible();
  await expect(row).toContainText('处置中');
  expect(await caseNow('dispatcher', one.id)).toMatchObject({ stage: 'handling', dispatchCount: 2 });

  await row.focus();
  await page.keyboard.press('ArrowRight');
  const drawer = page.getByRole('dialog');
  await expect(drawer.getByRole('article', { name: one.number })).toBeVisible();
  await expect(drawer.getByRole('region', { name: '案件经过' })).toContainText('不属本单位职责');
  await expect(drawer.getByRole('region', { name: '各环节用时' })).toContainText('城管执法局');
  await page.context().close();
});

test('many rows are dispatched at once; what fails says why and stays chosen', async ({ browser }) => {
  const [first, second] = [await fileReturned(), await fileReturned()];
  const page = await enterAs(browser, 'dispatcher', desktop);
  await page.goto(`${origin}/desk?stage=dispatch&mark=returned`);
  for (const { id } of [first, second]) {
    const row = page.locator(`[data-row="${id}"]`);
    await expect(row).toBeVisible({ timeout: 60_000 });
    await row.focus();
    await page.keyboard.press('Space');
    await expect(row).toHaveAttribute('aria-selected', 'true');
  }
  const refused = `**/api/v1/cases/${second.id}/actions/dispatch`;
  await page.route(refused, (route) =>
    route.fulfill({ status: 409, json: { code: 'STALE_VERSION', message: '', requestId: '1' } }),
  );
  const bar = page.getByRole('toolbar', { name: '批量操作' });
  await expect(bar).toContainText('已选 2 件');
  await bar.locator('[data-bulk=dispatch]').click();
  await page
    .getByRole('tooltip')
    .getByRole('button', { name: /派\s?遣/ })
    .click();
  const results = page.getByRole('dialog');
  await expect(results.getByRole('status')).toHaveText('完成 1 件，失败 1 件，未执行 0 件');
  await expect(results.locator('[data-state=failed]')).toContainText('内容已被他人更新');
  await results
    .getByRole('button', { name: /关\s?闭/ })
    .last()
    .click();
  await expect(bar).toContainText('已选 1 件');
  await page.unroute(refused);
  await bar.locator('[data-bulk=dispatch]').click();
  await page
    .getByRole('tooltip')
    .getByRole('button', { name: /派\s?遣/ })
    .click();
  await expect(results.getByRole('status')).toHaveText('完成 1 件，失败 0 件，未执行 0 件');
  for (const { id } of [first, second]) expect((await caseNow('dispatcher', id)).stage).toBe('handling');
  await page.context().close();
});

test('cases of the same thing are merged from the list, and the merged one says where it went', async ({
  browser,
}) => {
  const [first, second] = [await fileVendor(), await fileVendor()];
  const page = await enterAs(browser, 'dispatcher', desktop);
  await page.goto(`${origin}/desk?unit=enforcement&stage=handling&q=${first.number.slice(0, 15)}`);
  for (const { id } of [first, second]) {
    const box = page.locator(`[data-row="${id}"]`).getByRole('checkbox');
    await box.check({ timeout: 60_000 });
  }
  await page.locator('[data-bulk=merge]').click();
  const dialog = page.getByRole('dialog', { name: '保留哪一件案件' });
  await dialog.getByRole('radio', { name: first.number }).check();
  await dialog.getByRole('button', { name: '并入 1 件' }).click();
  await expect(page.getByRole('dialog').getByRole('status')).toContainText('完成 1 件');
  expect((await caseNow('dispatcher', first.id)).mergedFrom.map(({ id }) => id)).toEqual([second.id]);
  await page.goto(`${origin}/cases/${second.id}`);
  await expect(page.getByRole('link', { name: `已并入案件 ${first.number}` })).toBeVisible();
  await page.context().close();
});

test('the desk is in order for a keyboard and a screen reader', async ({ browser }) => {
  const page = await enterAs(browser, 'dispatcher', desktop);
  await page.goto(`${origin}/desk`);
  await expect(page.locator('[data-row]').first()).toBeVisible({ timeout: 60_000 });
  await expectAccessible(page);
  await page.context().close();
});
