/**
 * `npm test`: installs what the tests need where it may, runs all of them, and ends with `N passed, N failed`.
 * Plain JavaScript without dependencies, because it runs before anything is installed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const results = mkdtempSync(join(tmpdir(), 'gridwatch-results-'));

/** What must be there, and the Debian package that brings it. */
const NEEDS = [
  ['/usr/bin/chromium', 'chromium'],
  ['/usr/bin/ffmpeg', 'ffmpeg'],
  ['/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc', 'fonts-noto-cjk'],
  ['/usr/share/doc/postgresql-postgis', 'postgresql-postgis'],
  ['/usr/lib/postgresql', 'postgresql'],
  ['/usr/bin/ogrinfo', 'gdal-bin'],
  ['/usr/bin/pdftotext', 'poppler-utils'],
  ['/usr/lib/python3/dist-packages/gi', 'python3-gi'],
  ['/usr/share/doc/gir1.2-gst-rtsp-server-1.0', 'gir1.2-gst-rtsp-server-1.0'],
  ['/usr/share/doc/gstreamer1.0-plugins-base', 'gstreamer1.0-plugins-base'],
  ['/usr/share/doc/gstreamer1.0-plugins-good', 'gstreamer1.0-plugins-good'],
  ['/usr/share/doc/gstreamer1.0-plugins-bad', 'gstreamer1.0-plugins-bad'],
];

installPackages();
run('node', ['server/start.mjs', '--build-only']) || stop('the client could not be built');

const vitestReport = join(results, 'vitest.json');
run('npx', [
  '--no-install',
  'vitest',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${vitestReport}`,
]);
const playwrightReport = join(results, 'playwright.json');
run('npx', ['--no-install', 'playwright', 'test', '--reporter=list,json'], {
  PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport,
});

const unit = countVitest(vitestReport);
const browser = countPlaywright(playwrightReport);
rmSync(results, { recursive: true, force: true });
const passed = unit.passed + browser.passed;
const failed = unit.failed + browser.failed;
const skipped = unit.skipped + browser.skipped;
console.log(`\nunit, API, database, realtime, media: ${unit.passed} passed, ${unit.failed} failed`);
console.log(`browser: ${browser.passed} passed, ${browser.failed} failed`);
if (skipped > 0) console.log(`${skipped} skipped (see above why)`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

function installPackages() {
  const missing = NEEDS.filter(([path]) => !existsSync(path)).map(([, name]) => name);
  if (missing.length === 0) return;
  const debian = existsSync('/etc/debian_version') && process.getuid?.() === 0;
  if (!debian) {
    console.log(`Not installed here, so some tests skip or fail: ${missing.join(', ')} (Debian's names)`);
    return;
  }
  console.log(`installing ${missing.join(' ')}`);
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' };
  run('apt-get', ['update', '-qq'], quiet);
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], quiet) ||
    stop('apt-get failed');
}

function run(command, args, environment = {}) {
  mkdirSync(results, { recursive: true });
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...environment },
  });
  return status === 0;
}

function stop(reason) {
  console.log(`${reason}\n0 passed, 1 failed`);
  process.exit(1);
}

/** A runner that wrote no report has failed, whatever it said. */
function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

function countVitest(file) {
  const report = readReport(file);
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  // A file that fails while it is loaded has no failed test of its own.
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((one) => one.status === 'failed'),
  ).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

function countPlaywright(file) {
  const report = readReport(file);
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  const { expected, flaky, unexpected, skipped } = report.stats;
  return { passed: expected + flaky, failed: unexpected + report.errors.length, skipped };
}
