import fastify from 'fastify';
import { expect, it } from 'vitest';
import { ConfigError, readConfig } from '../config.ts';
import { installSecurity } from '../plugins/security.ts';

const tianditu = {
  id: 'tianditu',
  name: { zh: '天地图', en: 'Tianditu' },
  kind: 'tianditu',
  url: 'https://t{s}.tianditu.gov.cn/img_w/wmts?tk=KEY',
};

async function policyOf(environment: NodeJS.ProcessEnv): Promise<Record<string, string>> {
  const app = fastify();
  await installSecurity(app, readConfig(environment));
  app.get('/', () => 'page');
  const answer = await app.inject('/');
  await app.close();
  const policy = String(answer.headers['content-security-policy']);
  return Object.fromEntries(
    policy.split(';').map((directive) => {
      const [name = '', ...values] = directive.trim().split(' ');
      return [name, values.join(' ')];
    }),
  );
}

it('lets the page reach the configured sources for pictures and data, and nothing more', async () => {
  const bare = await policyOf({});
  const open = await policyOf({ GRIDWATCH_MAP: JSON.stringify([tianditu]) });
  expect(open['img-src']).toBe(`${bare['img-src']} https://*.tianditu.gov.cn`);
  expect(open['connect-src']).toBe(`${bare['connect-src']} https://*.tianditu.gov.cn`);
  for (const name of ['default-src', 'script-src', 'worker-src', 'style-src'])
    expect(open[name]).toBe(bare[name]);
});

it('lists what is wrong with them beside every other wrong value', () => {
  const wrong = () =>
    readConfig({ PORT: 'many', GRIDWATCH_MAP: JSON.stringify([{ ...tianditu, url: 'ftp://x' }, tianditu]) });
  expect(wrong).toThrow(ConfigError);
  try {
    wrong();
  } catch (error) {
    const { problems } = error as ConfigError;
    expect(problems.some((line) => line.startsWith('PORT'))).toBe(true);
    expect(problems.some((line) => line.startsWith('GRIDWATCH_MAP: /0/url'))).toBe(true);
  }
  expect(readConfig({ GRIDWATCH_MAP: JSON.stringify([tianditu]) }).map).toEqual([tianditu]);
});
