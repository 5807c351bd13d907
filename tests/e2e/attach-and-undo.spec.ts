import { expect, test, type Page } from '@playwright/test';
import type { CaseDetail, CaseSummary, Timeline } from '#contract/cases';
import type { FramingResult } from '#contract/reports';
import { doAct, expectStatus } from '../support/case-story.ts';
import type { TestClient } from '../support/test-client.ts';
import { choiceOf, drawRectangle, expectLive, tileOf } from './draw-rectangle.ts';
import { clientOf, enterAs } from './enter-as.ts';
import { truthOf } from './ground-truth.ts';

const rubbish = truthOf('camera-1', 'rubbish');

test('the same rubbish again joins the open case, can be undone, or is filed anew', async ({ browser }) => {
  test.setTimeout(240_000);
  const api = await clientOf('supervisor');
  for (const id of await openNear(api)) {
    await doAct(api, await detailOf(api, id), 'void', { reason: '另一次演练留下的案件' });
  }
  const page = await enterAs(browser, 'operator', { viewport: { width: 1600, height: 900 } });
  await page.goto('/operator?layout=1&cameras=camera-1');
  const tile = tileOf(page, '南滨河西路二段·人行道');
  await expectLive(tile);
  const { dialog, classes } = choiceOf(page);
  const choose = async () => {
    await drawRectangle(tile, rubbish.box);
    await classes.fill('E06010');
    await expect(dialog.getByRole('option').first()).toContainText('E06010');
  };
  const similar = dialog.getByRole('group', { name: /附近 24 小时内同类在办案件/ });

  await test.step('Escape cancels, and nothing is written', async () => {
    let written = 0;
    page.on('request', (request) => {
      if (request.method() === 'POST' && new URL(request.url()).pathname === '/api/v1/framings') written += 1;
    });
    await choose();
    await classes.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(page.locator('[data-box]')).toHaveCount(0);
    expect(written).toBe(0);
    expect(await openNear(api)).toEqual([]);
  });

  const first = await test.step('Enter files the first', async () => {
    await choose();
    return fileBy(page, 'Enter', false);
  });

  const second = await test.step('a second rectangle shows it, and Enter attaches', async () => {
    await choose();
    await expect(similar).toContainText(first.number);
    await expect(dialog.getByRole('button', { name: /并入所选案件/ })).toBeEnabled();
    return fileBy(page, 'Enter', true);
  });
  expect(second.id).toBe(first.id);
  expect(await detailOf(api, first.id)).toMatchObject({ reportCount: 2 });

  await test.step('undone within ten seconds, it leaves the case, and the log says so', async () => {
    const toast = page.getByRole('status').filter({ hasText: '已并入案件' });
    await toast.getByRole('button', { name: /撤销/ }).click();
    await expect(toast).toBeHidden();
    expect(await detailOf(api, first.id)).toMatchObject({ reportCount: 1, stage: 'handling' });
    const { events } = expectStatus(await api.get<Timeline>(`/cases/${first.id}/timeline`), 200);
    expect(events.map(({ action }) => action).slice(-2)).toEqual(['attach', 'detach']);
  });

  await test.step('Shift and Enter file another case', async () => {
    await choose();
    await expect(similar).toBeVisible();
    const anew = await fileBy(page, 'Shift+Enter', false);
    expect((await openNear(api)).sort()).toEqual([first.id, anew.id].sort());
  });
  await page.context().close();
});

/** Presses the keys in the type-ahead and gives the case that was filed or joined. */
async function fileBy(page: Page, keys: string, attached: boolean): Promise<CaseDetail> {
  const answered = page.waitForResponse(
    (response) => new URL(response.url()).pathname === '/api/v1/framings' && response.ok(),
  );
  await choiceOf(page).classes.press(keys);
  const result = (await (await answered).json()) as FramingResult;
  expect(result.attached).toBe(attached);
  if (!result.case) throw new Error('the framing has no case');
  await expect(page.getByRole('status').filter({ hasText: result.case.number })).toBeVisible();
  return result.case;
}

/** Ids of the open rubbish cases there. */
async function openNear(api: TestClient): Promise<string[]> {
  const { lon, lat } = rubbish.position;
  const path = `/cases?near=${lon},${lat},30&open=true&class=E06010`;
  const { items } = expectStatus(await api.get<{ items: CaseSummary[] }>(path), 200);
  return items.map(({ id }) => id);
}

async function detailOf(api: TestClient, id: string): Promise<CaseDetail> {
  return expectStatus(await api.get<CaseDetail>(`/cases/${id}`), 200);
}
