import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test, type Page } from '@playwright/test';
import type { MapSource } from '#contract/map';
import type { Part } from '#contract/parts';
import type {} from '../../client/map/test-handle.ts';
import { expectStatus } from '../support/case-story.ts';
import { clientOf, enterAs, origin } from './enter-as.ts';

const place = '103.7787,36.0655,700,20,-45';

async function openMap(page: Page, search: string): Promise<void> {
  await page.goto(`${origin}/map?${search}`);
  await page.waitForFunction(() => window.__gridwatchMap?.ready, undefined, { timeout: 90_000 });
  await page.evaluate(() => window.__gridwatchMap?.idle());
}

function middleOf(page: Page): Promise<{ x: number; y: number }> {
  return page
    .locator('.cesium-widget canvas')
    .boundingBox()
    .then((box) => ({ x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 }));
}

/** Pictures of one colour, so that the product is seen with a source of somebody else. */
async function servePictures(): Promise<{ server: Server; url: string; asked: () => number }> {
  // A black pixel.
  const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAAAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    response.writeHead(200, { 'content-type': 'image/gif', 'access-control-allow-origin': '*' }).end(gif);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { server, url: `http://127.0.0.1:${port}/{z}/{x}/{y}`, asked: () => asked };
}

test('the address holds the camera, a click selects a house and the next one what lies below it', async ({
  browser,
}) => {
  const page = await enterAs(browser, 'supervisor');
  await openMap(page, `at=${place}`);
  expect(new URL(page.url()).searchParams.get('at')).toBe(place);
  const canvas = page.locator('.cesium-widget canvas');
  const box = await canvas.boundingBox();
  if (!box) throw new Error('no map');
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await expect(page).toHaveURL(/sel=building/);
  const place2 = await middleOf(page);
  await page.mouse.click(place2.x, place2.y);
  await expect(page).toHaveURL(/sel=/);
  await page.mouse.click(place2.x, place2.y);
  await expect(page).toHaveURL(/sel=(cell|division)/);
  await page.close();
});

test('an area is measured while it is drawn, and the position is told in another datum', async ({
  browser,
}) => {
  const page = await enterAs(browser, 'supervisor');
  await openMap(page, `at=${place}`);
  await page.getByRole('button', { name: '量面积' }).click();
  const { x, y } = await middleOf(page);
  for (const [dx, dy] of [
    [-150, -100],
    [150, -100],
    [150, 100],
  ] as const) {
    await page.mouse.move(x + dx, y + dy);
    await page.mouse.click(x + dx, y + dy);
    // Slower than a double click.
    await page.waitForTimeout(600);
  }
  // Nothing was selected on the way.
  expect(new URL(page.url()).searchParams.has('sel')).toBe(false);
  await page.mouse.move(x, y);
  const readout = page.getByLabel('指针位置');
  await expect(readout).toHaveText(/^103\.\d{6}, 36\.\d{6}$/);
  const wgs = await readout.textContent();
  await page.getByLabel('坐标系').selectOption('gcj02');
  await expect(readout).not.toHaveText(wgs ?? '');
  await page.getByLabel('坐标系').selectOption('gk');
  await expect(readout).toHaveText(/^X 399\d{4}\.\d Y \d{6}\.\d \(105°E\)$/);
  await page.close();
});

test('layers, colours and a saved view go into the address and come back', async ({ browser }) => {
  const page = await enterAs(browser, 'supervisor');
  await openMap(page, `at=${place}`);
  const panel = page.getByRole('region', { name: '图层', exact: true });
  await panel.getByRole('checkbox', { name: '显示建筑' }).uncheck();
  await expect(page).toHaveURL(/-buildings/);
  await page.getByText('未结', { exact: true }).first().click();
  await expect(page).toHaveURL(/theme=lights-open/);
  await expect(page.getByRole('region', { name: '未结案件（件/网格）' })).toBeVisible();
  await page.getByLabel('视图名称').fill('无建筑');
  await page.getByRole('button', { name: '保存当前视图' }).click();
  const saved = page.getByRole('button', { name: '无建筑', exact: true });
  await expect(saved).toBeVisible();
  await page.getByRole('button', { name: '恢复默认' }).click();
  await expect(page).not.toHaveURL(/-buildings/);
  await saved.click();
  await expect(page).toHaveURL(/-buildings/);
  await page.getByRole('button', { name: '删除视图“无建筑”' }).click();
  await expect(saved).toBeHidden();
  await page.close();
});

test('pictures of another source are shown, and one that fails says so and leaves the map alone', async ({
  browser,
}) => {
  const { server, url, asked } = await servePictures();
  const sources: MapSource[] = [
    { id: 'good', name: { zh: '影像', en: 'Imagery' }, kind: 'xyz', url },
    { id: 'bad', name: { zh: '坏图源', en: 'Broken' }, kind: 'xyz', url: '/no/such/{z}/{x}/{y}' },
  ];
  try {
    const page = await enterAs(browser, 'supervisor');
    // The deployment's configuration, and its permission for another origin, are set when a server starts.
    await page.route('**/api/v1/map/sources', (route) => route.fulfill({ json: { items: sources } }));
    await page.route('http://127.0.0.1:*/*/*/*', async (route) => {
      if (new URL(route.request().url()).port === new URL(url.replace(/\{.*/, '')).port)
        await route.fulfill({ response: await route.fetch() });
      else await route.fallback();
    });
    await page.route('**/map?*', async (route) => {
      const response = await route.fetch();
      const headers = { ...response.headers() };
      delete headers['content-security-policy'];
      await route.fulfill({ response, headers });
    });
    await openMap(page, `at=${place}&layers=source:good,source:bad`);
    await expect.poll(asked).toBeGreaterThan(0);
    await expect(page.getByText('坏图源：图源无响应')).toBeVisible();
    await expect(page.locator('.cesium-widget canvas')).toBeVisible();
    await page.close();
  } finally {
    server.close();
  }
});

test('what somebody else moves, moves on the map that is looking, and on the card that is open', async ({
  browser,
}) => {
  const api = await clientOf('supervisor');
  const { items } = expectStatus(
    await api.get<{ items: Part[] }>('/parts?class=P01037&state=intact&limit=100'),
    200,
  );
  const one = items.at(20);
  if (!one) throw new Error('the sample has too few lamps');
  const { lon, lat } = one.position;
  const page = await enterAs(browser, 'chief');
  await openMap(page, `at=${lon},${lat},150,0,-80&sel=part:${one.code}`);
  const distanceTo = (position: Part['position']) =>
    page.evaluate(
      ({ code, at }) => {
        const mark = window.__gridwatchMap?.pickables().find(({ id }) => id === code);
        const wanted = window.__gridwatchMap?.screenPositionOf(at);
        return mark && wanted ? Math.hypot(mark.x - wanted.x, mark.y - wanted.y) : null;
      },
      { code: one.code, at: position },
    );
  await expect.poll(() => distanceTo(one.position)).toBeLessThan(2);

  const position = { lon: lon + 0.0001, lat: lat + 0.00005 };
  const edit = { expectedVersion: one.version, position, state: 'damaged' };
  expectStatus(await api.call('PATCH', `/parts/${one.code}`, edit), 200);
  const moved = expectStatus(await api.get<Part>(`/parts/${one.code}`), 200);
  await expect.poll(() => distanceTo(moved.position)).toBeLessThan(2);
  await expect(page.getByRole('article', { name: /^部件/ }).getByText('破损').first()).toBeVisible();
  await page.context().close();
});
