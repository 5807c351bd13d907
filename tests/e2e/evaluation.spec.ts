import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Contest, Evaluation, JudgedCase } from '#contract/evaluation';
import { expectStatus } from '../support/case-story.ts';
import type { TestClient } from '../support/test-client.ts';
import { clientOf, enterAs, phone } from './enter-as.ts';

const photo = new URL('../../data/qilihe/sample-photo.jpg', import.meta.url).pathname;

/** The running month in Shanghai, and the one before. */
function months(): [string, string] {
  const now = new Date(Date.now() + 8 * 3_600_000);
  const before = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1));
  return [now.toISOString().slice(0, 7), before.toISOString().slice(0, 7)];
}

async function evaluate(api: TestClient, period: string): Promise<Evaluation> {
  return expectStatus(await api.get<Evaluation>(`/evaluations/${period}?by=unit`), 200);
}

/** A month of the sample in which something is due. */
async function busyMonth(api: TestClient): Promise<Evaluation> {
  for (const month of months()) {
    const evaluation = await evaluate(api, month);
    if (evaluation.total.due > 0) return evaluation;
  }
  throw new Error('nothing of the sample is due this month or the one before');
}

test('a number opens its cases, each with the sentence why it counts as it does', async ({ browser }) => {
  const api = await clientOf('evaluator');
  const { period, items } = await busyMonth(api);
  const row = items.find(({ due }) => due > 0 && due <= 40) ?? items.find(({ due }) => due > 0);
  if (!row) throw new Error('no unit has a case due');
  const { items: cases } = expectStatus(
    await api.get<{ items: JudgedCase[] }>(
      `/evaluations/${period}/cases?by=unit&subject=${row.subject.code}&figure=due&mode=strict&limit=50`,
    ),
    200,
  );
  const page = await enterAs(browser, 'evaluator');
  expect(new URL(page.url()).pathname).toBe('/evaluation');
  await page.goto(`/evaluation?period=${period}`);
  await page
    .getByRole('button', {
      name: `${row.subject.name.zh} 应解决数 ${row.due.toLocaleString('zh-CN')} 件，查看案件`,
    })
    .first()
    .click();
  const drawer = page.getByRole('dialog');
  await expect(drawer.getByText(`${row.due} 件`)).toBeVisible();
  await expect(drawer.locator('[data-case]')).toHaveCount(cases.length);
  for (const one of cases.slice(0, 5)) {
    await expect(drawer.locator(`[data-case="${one.caseId}"]`)).toContainText(one.why.zh);
  }
  // The formula of the same unit has the same numbers put in.
  await drawer.getByRole('button', { name: '关闭' }).click();
  const formula = page.getByRole('region', { name: `${row.subject.name.zh}：得分怎样算出` });
  await expect(formula).toContainText(row.score === null ? '—' : row.score.toFixed(2));
  await expect(formula).toContainText(String(row.gross));
  await page.context().close();
});

test('a unit contests a case, a supervisor upholds it, and the unit’s screen follows', async ({
  browser,
}) => {
  const centre = await clientOf('supervisor');
  const { period, items } = await busyMonth(centre);
  let late: JudgedCase | undefined;
  for (const { subject } of items) {
    const path = `/evaluations/${period}/cases?by=unit&subject=${subject.code}&figure=late&mode=strict`;
    const answer = expectStatus(await centre.get<{ items: JudgedCase[] }>(path), 200);
    late = answer.items.find(({ contest }) => contest === undefined);
    if (late) break;
  }
  if (!late) throw new Error('no case of the sample counts as late');
  const unit = late.unit.code;
  const unitPage = await enterAs(browser, `unit-${unit}`, phone);
  const deciderPage = await enterAs(browser, 'supervisor');
  await deciderPage.goto('/evaluation?tab=contests');
  await expect(deciderPage.getByRole('heading', { name: '案件申诉' })).toBeVisible();
  await unitPage.goto(`/evaluation?period=${period}&by=unit&subject=${unit}&figure=late`);
  const item = unitPage.locator(`[data-case="${late.caseId}"]`);
  await item.getByRole('button', { name: '提出申诉' }).click();
  const form = unitPage.getByRole('dialog').filter({ hasText: late.number }).last();
  await form.getByText('不计入评价').click();
  await form.getByLabel('理由').fill('现场当时封闭施工，附照片。');
  await form.locator('input[type=file]').setInputFiles(photo);
  await expect(form.locator('img')).toBeVisible();
  await form.getByRole('button', { name: '提交申诉' }).click();
  await expect(item).toContainText('待裁定');
  // Nobody reloads the supervisor's page.
  const contest = deciderPage.locator('[data-contest]').filter({ hasText: late.number });
  await expect(contest).toContainText('现场当时封闭施工');
  await contest.getByLabel('裁定理由（单位可见）').fill('情况属实。');
  await contest.locator('[data-decide=uphold]').click();
  await expect(contest).toHaveCount(0);
  // It is left out: the unit's list no longer has it, and neither has the period.
  await expect(item).toHaveCount(0);
  const { items: contests } = expectStatus(
    await centre.get<{ items: Contest[] }>('/contests?state=upheld'),
    200,
  );
  expect(contests.map(({ caseId }) => caseId)).toContain(late.caseId);
  const after = await evaluate(centre, period);
  const before = items.find(({ subject }) => subject.code === unit);
  expect(after.items.find(({ subject }) => subject.code === unit)?.due).toBe((before?.due ?? 0) - 1);
  await unitPage.context().close();
  await deciderPage.context().close();
});

test('a bulletin is shared, reviewed by somebody else, published and frozen', async ({ browser }) => {
  // What units object to is decided before a review.
  const supervisor = await clientOf('supervisor');
  const { items: open } = expectStatus(
    await supervisor.get<{ items: Contest[] }>('/contests?state=open&limit=500'),
    200,
  );
  for (const { id, version } of open) {
    const body = { expectedVersion: version, upheld: false, note: '证据不足。' };
    expectStatus(await supervisor.post(`/contests/${id}/decide`, body), 200);
  }
  const author = await enterAs(browser, 'evaluator');
  const reviewer = await enterAs(browser, 'supervisor');
  await author.goto('/evaluation?tab=bulletins');
  await author.getByRole('button', { name: '新建简报' }).click();
  await author.getByRole('button', { name: '生成草稿' }).click();
  const view = author.locator('[data-bulletin-state]');
  await expect(view).toHaveAttribute('data-bulletin-state', 'draft');
  const id = new URL(author.url()).searchParams.get('bulletin') ?? '';
  await step(author, 'share');
  await expect(view).toHaveAttribute('data-bulletin-state', 'shared');
  await reviewer.goto(`/evaluation?tab=bulletins&bulletin=${id}`);
  await step(reviewer, 'review');
  // The author hears of it without reloading.
  await expect(view).toHaveAttribute('data-bulletin-state', 'reviewed');
  await step(author, 'publish');
  await expect(view).toHaveAttribute('data-bulletin-state', 'published');
  await expect(author.getByText('内容已封存')).toBeVisible();
  await expect(author.locator('[data-bulletin]').first()).toContainText('已发布');
  for (const format of ['pdf', 'xlsx', 'json']) {
    const href = await author.locator(`a[data-format=${format}]`).getAttribute('href');
    const file = await author.request.get(href ?? '');
    expect(file.status(), format).toBe(200);
    expect((await file.body()).length, format).toBeGreaterThan(1000);
  }
  await author.context().close();
  await reviewer.context().close();

  async function step(page: typeof author, name: string): Promise<void> {
    await page.locator(`[data-step=${name}]`).click();
    await page.getByRole('dialog').getByRole('button').last().click();
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
});

const screens = [
  { name: 'a desk', options: { viewport: { width: 1920, height: 1080 } } },
  { name: 'a wall panel', options: { viewport: { width: 3840, height: 1080 } } },
  { name: 'a phone', options: phone },
] as const;

for (const { name, options } of screens) {
  test(`the evaluation is in order on ${name} in both languages`, async ({ browser }) => {
    const page = await enterAs(browser, 'evaluator', options);
    for (const language of ['zh-CN', 'en'] as const) {
      await page.evaluate((chosen) => localStorage.setItem('gridwatch.language', chosen), language);
      for (const tab of ['results', 'aims', 'contests', 'bulletins', 'rules']) {
        await page.goto(`/evaluation?tab=${tab}`);
        await expect(page.locator('nav [aria-current=page]').last()).toBeVisible();
        const loading = language === 'en' ? /^Loading/ : /^正在载入/;
        await expect(page.getByText(loading)).toHaveCount(0, { timeout: 60_000 });
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(over, `${tab} ${language}`).toBeLessThanOrEqual(0);
        const { violations } = await new AxeBuilder({ page }).analyze();
        const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
        expect(
          grave.map(({ id, nodes }) => `${tab} ${language} ${id}: ${String(nodes[0]?.target[0])}`),
        ).toEqual([]);
      }
    }
    await page.context().close();
  });
}
