/**
 * `npm run bench [-- section…]`: measures, prints, and writes docs/benchmarks.md. Sections that are not run keep their
 * last figures.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../server/project-root.ts';
import type { BenchRow, BenchSection } from './bench-row.ts';
import { evaluationSummary } from './evaluation.ts';
import { framingSummary } from './framing.ts';
import { geometrySummary } from './geometry.ts';
import { importSummary } from './import.ts';
import { lightsSummary } from './lights.ts';
import { mapSummary } from './map.ts';
import { queueSummary } from './queue.ts';
import { realtimeSummary } from './realtime.ts';
import { searchSummary } from './search.ts';
import { startSummary } from './start.ts';
import { tilesSummary } from './tiles.ts';
import { transitionsSummary } from './transitions.ts';
import { videoSummary } from './video.ts';

const HEADER = `# Benchmarks

What \`npm run bench\` last measured, as ratios to the bare thing in the same run. Nothing here is a test that can fail by
the clock: machines differ, ratios less so.
`;

const SECTIONS: Record<string, () => Promise<BenchSection>> = {
  geometry: async () => ({
    title: 'Geometry',
    how: 'A real traffic camera with ten pairs (when its data is present), simulated cameras with known truth, and the speed of one projection.',
    rows: geometrySummary().map(({ figure, measured, budget }) => ({ what: figure, measured, budget })),
  }),
  framing: framingSummary,
  import: importSummary,
  realtime: realtimeSummary,
  lights: lightsSummary,
  video: videoSummary,
  map: mapSummary,
  tiles: tilesSummary,
  search: searchSummary,
  queue: queueSummary,
  transitions: transitionsSummary,
  evaluation: evaluationSummary,
  start: startSummary,
};

const file = join(projectRoot, 'docs/benchmarks.md');
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in SECTIONS));
if (unknown.length > 0)
  throw new Error(`no such section: ${unknown.join(', ')}; there are ${Object.keys(SECTIONS).join(', ')}`);

for (const [name, measure] of Object.entries(SECTIONS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  process.stdout.write(`measuring ${name}\n`);
  const text = render(await measure());
  process.stdout.write(`${text}\n`);
  writeFileSync(file, replaceSection(readDocument(), text));
}
execFileSync('npx', ['--no-install', 'prettier', '--write', file], { cwd: projectRoot });

function readDocument(): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : HEADER;
}

function render({ title, how, rows }: BenchSection): string {
  const when = `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores, Node ${process.versions.node}`;
  const cells = ({ what, measured, bare = '', ratio = '', budget = '' }: BenchRow) =>
    `| ${[what, measured, bare, ratio, budget].join(' | ')} |`;
  return [
    `## ${title}`,
    '',
    `${how} (${when})`,
    '',
    '| what | measured | bare | ratio | budget |',
    '|---|---|---|---|---|',
    ...rows.map(cells),
    '',
  ].join('\n');
}

/** Puts a section in the place of its last figures, or at the end. */
function replaceSection(document: string, section: string): string {
  const [head = '', ...others] = document.split(/^(?=## )/m);
  const title = section.slice(0, section.indexOf('\n'));
  const at = others.findIndex((other) => other.startsWith(`${title}\n`));
  const next = at < 0 ? [...others, section] : others.with(at, section);
  return [head.trim(), ...next.map((one) => one.trim())].join('\n\n').concat('\n');
}
