import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import { E2E_PORT } from './start-server.ts';
import { TestClient } from '../support/test-client.ts';

export const origin = `http://127.0.0.1:${E2E_PORT}`;

export const phone: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
};

/** A browser of their own for one person, who enters by one click on the login page. */
export async function enterAs(
  browser: Browser,
  username: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', ...options });
  const page = await context.newPage();
  await page.goto(`${origin}/`);
  await page.getByRole('button', { name: new RegExp(`(^|[^-\\w])${username}$`) }).click();
  await page.waitForURL((url) => url.pathname !== '/login' && url.pathname !== '/');
  return page;
}

/** The same person over the plain API. */
export async function clientOf(username: string): Promise<TestClient> {
  const client = new TestClient(origin);
  await client.enter(username);
  return client;
}
