/**
 * `npm start`: installs what is missing, builds what is stale, and serves. Plain JavaScript without dependencies,
 * because it runs before anything is installed.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(
    `需要 Node.js ≥ 20.19，现为 ${process.version} / Node.js ≥ 20.19 is needed, this is ${process.version}`,
  );
}
console.log('Gridwatch 网格瞭望');

const installed = hashOf(['package-lock.json']);
if (!isCurrent('node_modules/.cache/gridwatch/installed', installed)) {
  console.log('  安装依赖（首次约一分钟）/ installing dependencies (about a minute the first time)');
  // Not `npm ci`: it refuses a lock without the optional binaries of systems that a mirror does not carry.
  run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']);
  remember('node_modules/.cache/gridwatch/installed', installed);
}

const built = hashOf([
  'client',
  'server/contract',
  'server/cameras/geometry',
  'server/clock',
  'vite.config.ts',
  'package-lock.json',
]);
if (
  !existsSync(join(root, 'dist/client/index.html')) ||
  !isCurrent('node_modules/.cache/gridwatch/built', built)
) {
  console.log('  构建界面 / building the client');
  run('npx', ['--no-install', 'vite', 'build', '--logLevel', 'error']);
  remember('node_modules/.cache/gridwatch/built', built);
}
if (process.argv.includes('--build-only')) process.exit(0);

const server = spawn(process.execPath, ['--import', 'tsx', join(root, 'server/main.ts')], {
  cwd: root,
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => server.kill(signal));
server.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));

function run(command, args) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) fail(`${command} ${args.join(' ')} 失败 / failed`);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

/** Of the names, sizes and times of files: quick, and never says "the same" of a file that was edited. */
function hashOf(paths) {
  const hash = createHash('sha256');
  const visit = (path) => {
    const entry = statSync(path);
    if (entry.isDirectory()) for (const name of readdirSync(path).sort()) visit(join(path, name));
    else hash.update(`${path} ${entry.size} ${entry.mtimeMs}\n`);
  };
  for (const path of paths) visit(join(root, path));
  return hash.digest('hex');
}

function isCurrent(file, value) {
  const path = join(root, file);
  return existsSync(path) && readFileSync(path, 'utf8') === value;
}

function remember(file, value) {
  const path = join(root, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, value);
}
