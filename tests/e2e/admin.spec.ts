import { expect, test, type Page } from '@playwright/test';
import type { Part } from '#contract/parts';
import { expectStatus } from '../support/case-story.ts';
import { clientOf, enterAs, origin } from './enter-as.ts';

const desktop = { viewport: { width: 1440, height: 900 } };

/** Lamps as a surveyor writes them: Chinese headings, one position far outside the district. */
const surveyed = [
  '编号,部件名称,经度,纬度,状态,养护单位',
  'SV-1,路灯,103.7712,36.0655,完好,路灯管理所',
  'SV-2,路灯,103.7718,36.0656,破损,路灯管理所',
  'SV-3,路灯,113.2600,23.1300,完好,路灯管理所',
  '',
].join('\r\n');

async function runFile(page: Page, name: string, text: string): Promise<void> {
  await page
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text, 'utf8') });
  await page.waitForURL(/job=/);
  await expect(page.locator('dl [data-kind=read] dd')).toBeVisible({ timeout: 60_000 });
}

const count = (page: Page, kind: string) => page.locator(`dl [data-kind=${kind}] dd`);

test('an administrator tries a file, leaves out what is wrong with it, and writes the rest', async ({
  browser,
}) => {
  const page = await enterAs(browser, 'admin', desktop);
  await page.goto('/admin');
  await page.getByText('部件', { exact: true }).first().click();
  await runFile(page, '路灯普查.csv', surveyed);
  await expect(count(page, 'read')).toHaveText('3');
  await expect(count(page, 'added')).toHaveText('2');
  await expect(count(page, 'rejected')).toHaveText('1');
  await expect(page.getByRole('region', { name: '有误的行' })).toContainText('4');
  const write = page.getByRole('button', { name: /^写入/ });
  await expect(write).toBeDisabled();
  await page.getByRole('checkbox', { name: /不导入这 1 行/ }).check();
  for (const accept of await page.getByRole('checkbox', { name: /仍按此导入/ }).all()) await accept.check();
  await write.click();
  await expect(page.getByText('已写入')).toBeVisible({ timeout: 60_000 });

  const admin = await clientOf('admin');
  const near = expectStatus(
    await admin.get<{ items: Part[] }>('/parts?bbox=103.7711,36.0654,103.7719,36.0657&limit=500'),
    200,
  );
  const written = near.items.filter(({ maintainer }) => maintainer?.name === '路灯管理所');
  expect(written.map(({ state }) => state).sort()).toEqual(['damaged', 'intact']);

  await page.goto('/admin');
  await runFile(page, '路灯普查.csv', surveyed);
  await expect(count(page, 'added')).toHaveText('0');
  await expect(count(page, 'unchanged')).toHaveText('2');
  await page.context().close();
});

test('cells are looked over, and what is wrong is a list', async ({ browser }) => {
  const page = await enterAs(browser, 'admin', desktop);
  await page.goto('/admin?tab=grid');
  await page.getByRole('button', { name: '开始检查' }).click();
  await page.waitForURL(/job=/);
  await expect(page.getByText(/没有发现问题|个问题/).first()).toBeVisible({ timeout: 120_000 });
  await page.context().close();
});

test('a limit is replaced from a day on, and the change stands in the register', async ({ browser }) => {
  const page = await enterAs(browser, 'admin', desktop);
  await page.goto('/admin?tab=limits');
  await page.getByRole('searchbox', { name: '类别、立案条件' }).fill('E09001');
  await page.locator('tbody tr.ant-table-row').first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('处置时限').fill('3');
  await dialog.getByLabel('修改原因').fill('按新规定调整');
  await dialog.getByRole('button', { name: '自生效日起替换' }).click();
  await expect(dialog).toBeHidden();
  await page.goto('/admin?tab=changes');
  await expect(page.getByText('按新规定调整').first()).toBeVisible();
  await page.context().close();
});

test('a key made here opens the standards for another program', async ({ browser }) => {
  const page = await enterAs(browser, 'admin', desktop);
  await page.goto('/admin?tab=keys');
  await page.getByLabel('用途').fill('地图软件');
  await page.getByRole('button', { name: '生成密钥' }).click();
  const shown = page.getByRole('alert').locator('code');
  await expect(shown).toHaveText(/^gw_/);
  const key = (await shown.innerText()).trim();
  const read = await fetch(`${origin}/ogc/collections?f=json`, {
    headers: { authorization: `Bearer ${key}` },
  });
  expect(read.status).toBe(200);
  const { collections } = (await read.json()) as { collections: { id: string }[] };
  expect(collections.map(({ id }) => id)).toContain('parts');
  await page.getByRole('button', { name: '作废' }).click();
  await page.getByRole('tooltip').getByRole('button', { name: '作废' }).click();
  await expect(page.getByText('已作废')).toBeVisible();
  const refused = await fetch(`${origin}/ogc/collections?f=json`, {
    headers: { authorization: `Bearer ${key}` },
  });
  expect(refused.status).toBe(401);
  await page.context().close();
});
