import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { expect, test, type Page } from '@playwright/test';
import type { Part } from '#contract/parts';
import type {} from '../../client/map/test-handle.ts';
import { expectStatus } from '../support/case-story.ts';
import type { TestClient } from '../support/test-client.ts';
import { clientOf, enterAs, origin } from './enter-as.ts';

/** Which lamps a story changes; each has its own, so that they may run in any order. */
async function lamp(api: TestClient, nth: number): Promise<Part> {
  const { items } = expectStatus(
    await api.get<{ items: Part[] }>('/parts?class=P01037&state=intact&limit=100'),
    200,
  );
  const found = items.at(nth);
  if (!found) throw new Error('the sample has too few lamps');
  return found;
}

const cardOf = (page: Page) => page.getByRole('article', { name: /^(部件|移位|编辑|新增部件)/ });

test('changes the state of a lamp, reads its history and takes it back', async ({ browser }) => {
  const api = await clientOf('supervisor');
  const one = await lamp(api, 3);
  const page = await enterAs(browser, 'supervisor');
  await page.goto(`${origin}/map?sel=part:${one.code}`);
  const card = cardOf(page);
  await expect(card).toContainText(one.code, { timeout: 60_000 });
  await card.getByRole('button', { name: '变更状态' }).click();
  await page.getByRole('menuitem', { name: '破损' }).click();
  await expect(page.getByText(`部件 ${one.code} 的状态已改为破损`)).toBeVisible();
  expect(expectStatus(await api.get<Part>(`/parts/${one.code}`), 200).state).toBe('damaged');
  const history = card.getByRole('region', { name: '变更历史' });
  await expect(history.locator('li').first()).toContainText('变更状态');
  await expect(history.locator('li').first()).toContainText('完好 → 破损');

  await page.keyboard.press('Control+z');
  await expect(page.getByText('已撤销').first()).toBeVisible();
  await expect(card.getByText('完好').first()).toBeVisible();
  expect(expectStatus(await api.get<Part>(`/parts/${one.code}`), 200).state).toBe('intact');
  await page.context().close();
});

test('shows both versions when somebody else was faster', async ({ browser }) => {
  const api = await clientOf('admin');
  const one = await lamp(api, 5);
  const page = await enterAs(browser, 'supervisor');
  await page.goto(`${origin}/map?sel=part:${one.code}`);
  const card = cardOf(page);
  await card.getByRole('button', { name: '编辑' }).click({ timeout: 60_000 });
  await page.getByRole('textbox', { name: '备注' }).fill('灯罩开裂');
  const theirs = { expectedVersion: one.version, state: 'damaged' };
  expectStatus(await api.call('PATCH', `/parts/${one.code}`, theirs), 200);
  await card.getByRole('button', { name: '保存', exact: true }).click();
  const conflict = page.locator('[data-conflict]');
  await expect(conflict).toContainText('他人修改了这个部件');
  await expect(conflict.getByRole('row', { name: /备注/ })).toContainText('灯罩开裂');
  await expect(conflict.getByRole('row', { name: /状态/ })).toContainText('破损');
  await conflict.getByRole('button', { name: '仍按我的修改保存' }).click();
  await expect(page.getByText(`部件 ${one.code} 已保存`)).toBeVisible();
  const now = expectStatus(await api.get<Part>(`/parts/${one.code}`), 200);
  expect([now.note, now.state]).toEqual(['灯罩开裂', 'damaged']);
  await page.context().close();
});

test('adds a part where the map is clicked, moves it, and takes the move back', async ({ browser }) => {
  const api = await clientOf('supervisor');
  const beside = await lamp(api, 7);
  const { lon, lat } = beside.position;
  const page = await enterAs(browser, 'supervisor');
  await page.goto(`${origin}/map?at=${lon},${lat},300,0,-80`);
  await page.waitForFunction(() => window.__gridwatchMap?.ready, null, { timeout: 120_000 });
  await page.getByRole('button', { name: '新增部件' }).first().click();
  await page.getByRole('combobox', { name: /类别/ }).fill('路灯');
  await page.keyboard.press('Enter');
  const card = cardOf(page);
  await expect(card.getByRole('button', { name: '保存', exact: true })).toBeDisabled();
  const map = page.getByRole('application');
  const box = await map.boundingBox();
  if (!box) throw new Error('no map');
  await page.mouse.click(box.x + box.width * 0.5, box.y + box.height * 0.45);
  await expect(card).toContainText('已选位置');
  await card.getByRole('button', { name: '保存', exact: true }).click();
  const toast = page.getByText(/已新增部件 \d{17}/);
  await expect(toast).toBeVisible();
  const code = /\d{17}/.exec((await toast.textContent()) ?? '')?.[0] ?? '';
  const added = expectStatus(await api.get<Part>(`/parts/${code}`), 200);
  expect(Math.abs(added.position.lat - lat)).toBeLessThan(0.005);
  await expect(card).toContainText(code);

  await card.getByRole('button', { name: '移位' }).click();
  await page.mouse.click(box.x + box.width * 0.4, box.y + box.height * 0.6);
  await expect(card).toContainText(/移动 \d/);
  await card.getByRole('button', { name: '移到此处' }).click();
  await expect(page.getByText(new RegExp(`部件 ${code} 已移动`))).toBeVisible();
  const moved = expectStatus(await api.get<Part>(`/parts/${code}`), 200);
  expect(moved.position).not.toEqual(added.position);
  await page.getByRole('button', { name: '撤销', exact: false }).and(page.locator('[data-undo]')).click();
  await expect(page.getByText('已撤销').first()).toBeVisible();
  const back = expectStatus(await api.get<Part>(`/parts/${code}`), 200);
  expect(back.position).toEqual(added.position);
  await page.context().close();
});

test('changes many at once after their number is typed, takes them back, and exports the list', async ({
  browser,
}) => {
  const api = await clientOf('supervisor');
  const division = '620103001001';
  const count = async (state: string) =>
    expectStatus(
      await api.get<{ items: Part[] }>(`/parts?division=${division}&state=${state}&limit=500`),
      200,
    ).items.length;
  const before = await count('abandoned');
  const page = await enterAs(browser, 'supervisor');
  await page.goto(`${origin}/map?list=true&state=intact&division=${division}`);
  const list = page.getByRole('region', { name: '部件台账' });
  await list
    .getByRole('checkbox', { name: /选择部件/ })
    .first()
    .check({ timeout: 60_000 });
  await list.getByRole('button', { name: '选择全部符合条件的部件' }).click();
  const chosen = list.getByText(/^已选 [\d,]+ 个$/);
  await expect(chosen).not.toHaveText('已选 1 个');
  const selected = Number((await chosen.textContent())?.replace(/\D/g, ''));
  await list.getByRole('button', { name: '变更状态' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: '新状态' }).press('ArrowDown');
  await page.locator('.ant-select-item-option', { hasText: '废弃' }).click();
  await dialog.getByRole('textbox', { name: '原因' }).fill('片区改造');
  if (selected > 20) {
    await dialog.getByRole('textbox', { name: '数量' }).fill('1');
    await dialog.getByRole('button', { name: '确认变更' }).click();
    await expect(dialog).toContainText('与所选数量不符');
    await dialog.getByRole('textbox', { name: '数量' }).fill(String(selected));
  }
  await dialog.getByRole('button', { name: '确认变更' }).click();
  await expect(page.getByText(`已变更 ${selected} 个部件`)).toBeVisible();
  await expect.poll(() => count('abandoned')).toBe(Math.min(500, before + selected));
  await page.locator('[data-undo]').click();
  await expect(page.getByText('已撤销').first()).toBeVisible();
  await expect.poll(() => count('abandoned')).toBe(before);

  await expect(list.getByRole('checkbox', { name: /选择部件/ }).first()).toBeVisible();
  await list.getByRole('button', { name: '导出' }).click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('[data-format=csv]').click(),
  ]);
  const text = readFileSync(await file.path(), 'utf8');
  const rows: Record<string, string>[] = parse(text, { bom: true, columns: true });
  expect(rows).toHaveLength(selected);
  expect(new Set(rows.map((row) => row['状态']))).toEqual(new Set(['intact']));
  await page.context().close();
});
