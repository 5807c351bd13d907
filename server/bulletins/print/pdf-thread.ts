import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import pdfmake from 'pdfmake';
import { defineDocument, type PrintRequest } from './define-document.ts';
import { unpackWoff } from './unpack-woff.ts';

const fonts = dirname(createRequire(import.meta.url).resolve('@fontsource/noto-sans-sc/package.json'));
const folder = await mkdtemp(join(tmpdir(), 'gridwatch-print-'));

async function unpackFont(weight: number): Promise<string> {
  const packed = join(fonts, 'files', `noto-sans-sc-chinese-simplified-${weight}-normal.woff`);
  const file = join(folder, `${weight}.ttf`);
  await writeFile(file, unpackWoff(await readFile(packed)));
  return file;
}

try {
  pdfmake.setFonts({ Noto: { normal: await unpackFont(400), bold: await unpackFont(700) } });
  // Everything else it needs has been given to it.
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((path) => dirname(path) === folder);
  const bytes = await pdfmake.createPdf(defineDocument(workerData as PrintRequest)).getBuffer();
  parentPort?.postMessage(new Uint8Array(bytes));
} finally {
  await rm(folder, { recursive: true, force: true });
}
