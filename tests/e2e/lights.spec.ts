import { expect, test, type Page } from '@playwright/test';
import type { CaseDetail, CaseSummary } from '#contract/cases';
import type { ClockState } from '#contract/clock';
import type { FramingResult } from '#contract/reports';
import { doAct, expectStatus, nearBox, tinyJpeg, vendor } from '../support/case-story.ts';
import { clientOf, enterAs } from './enter-as.ts';

const tenMinutes = 600_000;
const words: Record<string, string> = { green: '正常', yellow: '将到期', red: '超时', none: '不计时' };

/** The browser's own clock runs wrong by so many milliseconds; the page's timers are untouched. */
async function enterWithWrongClock(page: Page, byMs: number): Promise<void> {
  await page.context().addInitScript((off) => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + off;
    window.Date = new Proxy(Date, {
      construct: (target, args: unknown[]) =>
        Reflect.construct(target, args.length === 0 ? [Date.now()] : args) as Date,
    });
  }, byMs);
  await page.reload();
}

for (const [direction, byMs] of [
  ['fast', tenMinutes],
  ['slow', -tenMinutes],
] as const) {
  test(`lights and countdowns are the server’s when the browser’s clock is ten minutes ${direction}`, async ({
    browser,
  }) => {
    const api = await clientOf('supervisor');
    const urgent = await fileVendor();
    const page = await enterAs(browser, 'clerk', { viewport: { width: 1440, height: 900 } });
    await enterWithWrongClock(page, byMs);
    const rows = page.locator('tbody').getByRole('row');
    await expect(rows.first()).toBeVisible({ timeout: 60_000 });
    const wrongBy = (await page.evaluate(() => new Date().getTime())) - Date.now();
    expect(Math.abs(wrongBy - byMs)).toBeLessThan(60_000);

    await expect(async () => {
      const { items } = expectStatus(
        await api.get<{ items: CaseSummary[] }>('/cases?open=true&limit=500'),
        200,
      );
      for (const one of items.slice(0, 12)) {
        const row = rows.filter({ hasText: one.number });
        await expect(row.getByRole('img').first()).toHaveAccessibleName(words[one.light] ?? '');
      }
    }).toPass({ timeout: 60_000 });

    await test.step('a countdown in natural time is right to the minute', async () => {
      await page.goto(`/desk?q=${urgent.number}`);
      const row = rows.filter({ hasText: urgent.number });
      await expect(row).toBeVisible({ timeout: 60_000 });
      const figure = (await row.getByText(/^剩/).first().textContent()) ?? '';
      const left = (Date.parse(urgent.dueAt ?? '') - Date.now()) / 60_000;
      expect(Math.abs(minutesOf(figure) - left), `${figure} for ${left} minutes`).toBeLessThan(1.5);
    });

    await test.step('the time in the bar is the centre’s, and it says whether clocks run', async () => {
      const clock = expectStatus(await api.get<ClockState>('/clock'), 200);
      const bar = page.getByRole('banner');
      if (clock.resumesAt) {
        await expect(bar).toContainText(`${timeIn(clock.timeZone, clock.resumesAt)} 恢复计时`);
      } else {
        await expect(bar).toContainText('工作时间');
      }
      await expect
        .poll(async () => bar.getByRole('time').first().textContent())
        .toBe(timeIn(clock.timeZone, new Date().toISOString()));
    });
    await page.context().close();
    const version = expectStatus(await api.get<CaseDetail>(`/cases/${urgent.id}`), 200).version;
    await doAct(api, { id: urgent.id, version }, 'void', { reason: '核对时钟用的案件' });
  });
}

/** A case that runs in natural time, for two hours. */
async function fileVendor(): Promise<CaseDetail> {
  const answer = await (
    await clientOf('operator')
  ).post<FramingResult>('/framings', {
    cameraId: 'camera-1',
    at: new Date().toISOString(),
    box: nearBox,
    class: vendor,
    file: true,
    still: tinyJpeg.toString('base64'),
  });
  const filed = expectStatus(answer, 201).case;
  if (filed?.timing !== 'natural') throw new Error('the vendor’s case does not run in natural time');
  return filed;
}

/** 14:05 there. */
function timeIn(timeZone: string, instant: string): string {
  return new Intl.DateTimeFormat('zh-CN', {
    timeZone,
    hourCycle: 'h23',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(instant));
}

/** Of 剩 1时 20分. */
function minutesOf(figure: string): number {
  const part = (unit: string) => Number(new RegExp(`(\\d+)${unit}`).exec(figure)?.[1] ?? 0);
  return part('时') * 60 + part('分');
}
