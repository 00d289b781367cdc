import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { execa } from 'execa';
import { environmentError } from '../domain/errors.ts';
import { onPath, removeTemporaryDirectory, temporaryDirectory } from './files.ts';

const browsers = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];
const timeoutMs = 60_000;

/** Prints a self-contained page to a PDF file. Throws `BROWSER_MISSING` where no Chromium is on PATH, `PDF_FAILED` with what it said. */
export async function printPdf(page: string, file: string): Promise<void> {
  const browser = browsers.map(onPath).find((path) => path !== undefined);
  if (browser === undefined)
    throw environmentError(
      'BROWSER_MISSING',
      `A PDF is printed by Chromium, and none is on PATH (${browsers.join(', ')}).`,
      'apt-get install chromium, or take --format html and print it from any browser.',
    );
  const scratch = temporaryDirectory('pdf');
  try {
    const source = join(scratch, 'page.html');
    writeFileSync(source, page);
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const options = [
      '--headless',
      '--disable-gpu',
      '--no-pdf-header-footer',
      `--user-data-dir=${join(scratch, 'profile')}`,
    ];
    await execa(browser, [...options, ...sandbox, `--print-to-pdf=${file}`, pathToFileURL(source).href], {
      timeout: timeoutMs,
    });
  } catch (error) {
    throw environmentError(
      'PDF_FAILED',
      `${browser} could not print: ${(error as { shortMessage?: string }).shortMessage ?? error}`,
    );
  } finally {
    removeTemporaryDirectory(scratch);
  }
}
