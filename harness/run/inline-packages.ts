import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { cacheDirectory, projectRoot, writeFileAtomic } from '../platform/files.ts';

const banner = `import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);`;

/**
 * Replaces a bundle whose packages were left outside by one that contains them: loading hundreds of small files costs each process of the app
 * three times as much CPU time. Putting them together takes longer than all the rest of a build, so the result is cached by the text of
 * the bundle and the versions of the packages.
 */
export async function inlinePackages(file: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  const lock = await readFile(join(projectRoot, 'package-lock.json'));
  const digest = createHash('sha256').update(text).update('\0').update(lock).digest('hex');
  const folder = join(cacheDirectory(), 'bundles');
  const cached = join(folder, `${digest}.mjs`);
  if (!existsSync(cached)) {
    await mkdir(folder, { recursive: true });
    writeFileAtomic(cached, await bundled(text));
  }
  await copyFile(cached, file);
}

async function bundled(text: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: text, resolveDir: projectRoot },
    write: false,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    // The packages' ESM builds, of which only what is used is taken.
    mainFields: ['module', 'main'],
    banner: { js: banner },
    minifyWhitespace: true,
    minifySyntax: true,
    logLevel: 'silent',
  });
  return outputFiles[0]!.text;
}
