import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import type { CaseSummary } from '#contract/cases';
import type {} from '../../client/map/test-handle.ts';
import { expectStatus } from '../support/case-story.ts';
import { clientOf, enterAs, origin, phone } from './enter-as.ts';

const desktop = { viewport: { width: 1440, height: 900 } };

/** Each station at the size it is made for; `ready` is seen once its data is there. */
const stations = [
  {
    name: 'the operator’s station',
    username: 'operator',
    path: '/operator?layout=1&cameras=camera-1',
    screen: desktop,
    ready: '[data-camera] canvas',
    map: true,
  },
  { name: 'the desk', username: 'clerk', path: '/desk', screen: desktop, ready: 'tbody tr', map: false },
  {
    name: 'the wall',
    username: 'wall',
    path: '/wall',
    screen: { viewport: { width: 1920, height: 1080 } },
    ready: 'aside li time',
    map: true,
  },
  {
    name: 'the chief’s area',
    username: 'chief',
    path: '/area',
    screen: phone,
    ready: 'article[data-case]',
    map: false,
  },
  {
    name: 'the unit’s list',
    username: 'unit-enforcement',
    path: '/unit',
    screen: phone,
    ready: 'h1',
    map: false,
  },
  {
    name: 'the collector’s list',
    username: 'collector',
    path: '/checks',
    screen: phone,
    ready: 'h1',
    map: false,
  },
  {
    name: 'the map',
    username: 'supervisor',
    path: '/map',
    screen: desktop,
    ready: '[role=application]',
    map: true,
  },
  {
    name: 'the map on a phone',
    username: 'chief',
    path: '/map',
    screen: phone,
    ready: '[role=application]',
    map: true,
  },
  {
    name: 'the import',
    username: 'admin',
    path: '/admin',
    screen: desktop,
    ready: 'nav [aria-current=page]',
    map: true,
  },
  {
    name: 'the table of limits',
    username: 'admin',
    path: '/admin?tab=limits',
    screen: desktop,
    ready: '.ant-table-row',
    map: false,
  },
  {
    name: 'the table of duties',
    username: 'admin',
    path: '/admin?tab=duties',
    screen: desktop,
    ready: '.ant-table-row',
    map: false,
  },
  {
    name: 'the check of duties',
    username: 'admin',
    path: '/admin?tab=coverage',
    screen: desktop,
    ready: 'details summary',
    map: false,
  },
  {
    name: 'the keys',
    username: 'admin',
    path: '/admin?tab=keys',
    screen: desktop,
    ready: 'form input',
    map: false,
  },
  {
    name: 'the working calendar',
    username: 'admin',
    path: '/admin?tab=working-time',
    screen: desktop,
    ready: 'button[data-day]',
    map: false,
  },
  {
    name: 'the supervisor’s desk',
    username: 'supervisor',
    path: '/supervision',
    screen: desktop,
    ready: 'article, section h2',
    map: false,
  },
  {
    name: 'the evaluation',
    username: 'evaluator',
    path: '/evaluation',
    screen: desktop,
    ready: 'table tbody tr',
    map: false,
  },
  {
    name: 'the evaluation on a phone',
    username: 'chief',
    path: '/evaluation',
    screen: phone,
    ready: 'h2',
    map: false,
  },
  {
    name: 'a case',
    username: 'supervisor',
    path: '/cases/',
    screen: desktop,
    ready: 'article h1',
    map: true,
  },
  {
    name: 'a case on a phone',
    username: 'chief',
    path: '/cases/',
    screen: phone,
    ready: 'article h1',
    map: false,
  },
] as const;

const titles = { 'zh-CN': '网格瞭望', en: 'Gridwatch' };

/** Latin letters a Chinese screen may show: the product, keys, codes and names that have no other form. */
const allowedLatin =
  /^(Gridwatch|English|Enter|Esc|Shift|Ctrl|K|Z|D|admin|[A-Z]\d{5}|[0-9a-f]{8}|camera-\d+|km|m|cm|mm)$/;
/** Names of formats, reference systems and interfaces, and the words of an address. */
const technicalLatin =
  /^(CSV|csv|TSV|GeoJSON|NDJSON|Shapefile|GeoPackage|OSM|zip|WGS|GCJ-02|BD-09|CGCS2000|MVT|OGC|API|PDF|XLSX|JSON|SPEC|R\d)$/;

test('the login page is in order in both languages', async ({ browser }) => {
  const context = await browser.newContext(desktop);
  const page = await context.newPage();
  const trouble = watch(page);
  await page.goto(`${origin}/`);
  await expect(page.getByRole('heading', { name: '示例账户' })).toBeVisible();
  await expect(page).toHaveTitle(titles['zh-CN']);
  await expectAccessible(page);
  await page.getByRole('button', { name: /English/ }).click();
  await expect(page.getByRole('button', { name: /^Sign in/i })).toBeVisible();
  await expect(page).toHaveTitle(titles.en);
  await expectAccessible(page);
  expect(trouble()).toEqual([]);
  await context.close();
});

for (const { name, username, path, screen, ready, map } of stations) {
  test(`${name} is in order in both languages`, async ({ browser }) => {
    const page = await enterAs(browser, username, screen);
    const trouble = watch(page);
    const target = path === '/cases/' ? `/cases/${await anyCase()}` : path;
    for (const language of ['zh-CN', 'en'] as const) {
      await page.evaluate((chosen) => localStorage.setItem('gridwatch.language', chosen), language);
      await page.goto(target);
      await expect(page).toHaveTitle(titles[language]);
      await expect(page.locator('html')).toHaveAttribute('lang', language);
      await expect(page.locator(ready).first()).toBeVisible({ timeout: 60_000 });
      await settled(page, language);
      if (map) await page.waitForFunction(() => window.__gridwatchMap?.ready, null, { timeout: 90_000 });
      await expectNoSidewaysScrolling(page);
      await expectAccessible(page);
      if (language === 'zh-CN') expect(await latinWords(page)).toEqual([]);
    }
    expect(trouble()).toEqual([]);
    await page.context().close();
  });
}

/** Everything that must not happen: console errors, failed requests, requests to anybody else. */
function watch(page: Page): () => string[] {
  const trouble: string[] = [];
  page.on('console', (message) => {
    // The browser itself says so of every answer from 400 on; before signing in that is how the page learns it.
    const isSignIn = message.location().url.endsWith('/api/v1/me');
    if (message.type() === 'error' && !isSignIn) trouble.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => trouble.push(`thrown: ${error.message}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    const isOwn = url.origin === origin || url.protocol === 'blob:' || url.protocol === 'data:';
    if (!isOwn) trouble.push(`leaves the origin: ${request.url()}`);
  });
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText;
    // What was still on its way when the page was left.
    if (reason !== 'net::ERR_ABORTED') trouble.push(`${reason}: ${request.url()}`);
  });
  page.on('websocket', (socket) => {
    if (new URL(socket.url()).host !== new URL(origin).host)
      trouble.push(`leaves the origin: ${socket.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400 && !response.url().endsWith('/api/v1/me')) {
      trouble.push(`${response.status()} ${response.url()}`);
    }
  });
  return () => trouble;
}

/** Nothing is being loaded any more. */
async function settled(page: Page, language: keyof typeof titles): Promise<void> {
  const loading = language === 'en' ? /^Loading/ : /^正在载入/;
  await expect(page.getByText(loading)).toHaveCount(0, { timeout: 90_000 });
}

async function expectNoSidewaysScrolling(page: Page): Promise<void> {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(over, 'pixels wider than the screen').toBeLessThanOrEqual(0);
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(
    grave.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .slice(0, 3)
          .map(({ target, failureSummary }) => `${target.join(' ')} ${failureSummary}`)
          .join('; ')}`,
    ),
  ).toEqual([]);
}

/** Words in Latin letters that can be read on the screen and are on no list. */
async function latinWords(page: Page): Promise<string[]> {
  const text = await page.locator('body').evaluate((body: HTMLElement) => {
    // What is shown as code is one: addresses and keys.
    for (const code of body.querySelectorAll('code')) code.textContent = '';
    return body.innerText;
  });
  const words = text.match(/[A-Za-z][A-Za-z0-9-]*|\b[0-9a-f]{8}\b/g) ?? [];
  return [...new Set(words.filter((word) => !allowedLatin.test(word) && !technicalLatin.test(word)))];
}

async function anyCase(): Promise<string> {
  const api = await clientOf('supervisor');
  const { items } = expectStatus(
    await api.get<{ items: CaseSummary[] }>('/cases?open=true&stage=handling&limit=1'),
    200,
  );
  if (!items[0]) throw new Error('the sample has no open case');
  return items[0].id;
}
