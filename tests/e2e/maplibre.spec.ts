import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { projectRoot } from '../../server/project-root.ts';
import { clientOf, origin } from './enter-as.ts';

interface Shown {
  layers: string[];
  features: { layer: string; properties: Record<string, unknown> }[];
}

const page = `<!doctype html>
<meta charset="utf-8">
<link rel="stylesheet" href="./dist/maplibre-gl.css">
<div id="map" style="width: 800px; height: 600px"></div>
<script type="module">
  import * as maplibregl from './dist/maplibre-gl.mjs';
  const api = location.origin + '/api/v1/tiles/';
  const sources = ['divisions', 'cells', 'parts', 'buildings'];
  const map = new maplibregl.Map({
    container: 'map',
    center: [103.7608273, 36.0634948],
    zoom: 15.2,
    style: {
      version: 8,
      sources: Object.fromEntries(sources.map((id) => [id, { type: 'vector', url: api + id + '.json' }])),
      layers: [
        { id: 'divisions', type: 'line', source: 'divisions', 'source-layer': 'divisions' },
        { id: 'cells', type: 'line', source: 'cells', 'source-layer': 'cells' },
        { id: 'buildings', type: 'fill-extrusion', source: 'buildings', 'source-layer': 'buildings',
          paint: { 'fill-extrusion-height': ['get', 'h'] } },
        { id: 'parts', type: 'circle', source: 'parts', 'source-layer': 'parts',
          paint: { 'circle-radius': 4, 'circle-color': ['match', ['get', 'state'], 'intact', '#0a0', '#a00'] } },
        { id: 'counts', type: 'circle', source: 'parts', 'source-layer': 'parts', filter: ['has', 'n'] },
      ],
    },
  });
  const failures = [];
  map.on('error', ({ error }) => failures.push(String(error?.message ?? error)));
  const shown = () => {
    const found = map.queryRenderedFeatures();
    return {
      failures,
      layers: [...new Set(found.map(({ layer }) => layer.id))].sort(),
      features: found.map(({ layer, properties }) => ({ layer: layer.id, properties })),
    };
  };
  window.showAt = (zoom) =>
    new Promise((resolve) => {
      map.once('idle', () => resolve(shown()));
      map.jumpTo({ zoom });
      map.triggerRepaint();
    });
</script>`;

/** A stranger's map: MapLibre with nothing but our TileJSON and the cookie of a session. */
test('MapLibre draws our tiles from their descriptions', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 800, height: 600 } });
  const { cookie } = await clientOf('operator');
  const [name = '', value = ''] = cookie.split('=');
  await context.addCookies([{ name, value, url: origin }]);
  const tab = await context.newPage();
  await tab.route(`${origin}/maplibre/**`, async (route) => {
    const file = new URL(route.request().url()).pathname.split('/maplibre/')[1] ?? '';
    if (file === '') return route.fulfill({ contentType: 'text/html', body: page });
    const type = file.endsWith('.css') ? 'text/css' : 'text/javascript';
    const body = await readFile(join(projectRoot, 'node_modules/maplibre-gl', file));
    return route.fulfill({ contentType: type, body });
  });
  await tab.goto(`${origin}/maplibre/`);
  await tab.waitForFunction(() => 'showAt' in window);
  const showAt = (zoom: number) =>
    tab.evaluate(
      (wanted) =>
        (window as unknown as { showAt(zoom: number): Promise<Shown & { failures: string[] }> }).showAt(
          wanted,
        ),
      zoom,
    );

  const close = await showAt(16.3);
  expect(close.failures).toEqual([]);
  expect(close.layers).toEqual(expect.arrayContaining(['buildings', 'cells', 'parts']));
  const part = close.features.find(({ layer }) => layer === 'parts')?.properties;
  expect(part).toMatchObject({
    code: expect.stringMatching(/^\d{17}$/),
    class: expect.stringMatching(/^P\d{5}$/),
    state: expect.stringMatching(/^(intact|damaged|missing|abandoned)$/),
  });

  const far = await showAt(11);
  expect(far.failures).toEqual([]);
  expect(far.layers).toContain('counts');
  const counted = far.features
    .filter(({ layer }) => layer === 'counts')
    .map(({ properties }) => Number(properties.n));
  expect(counted.reduce((sum, n) => sum + n, 0)).toBeGreaterThan(1_000);
  await context.close();
});
