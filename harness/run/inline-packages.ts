import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { builtOnce, digestOf } from '../platform/code-cache.mjs';
import { projectRoot } from '../platform/files.ts';
import { nodeBundle, requireBanner } from '../platform/node-bundle.mjs';

/**
 * Replaces a bundle whose packages were left outside by one that contains what it uses of them: loading hundreds of small files costs each process of
 * the app three times as much CPU time. Done once for the text of the bundle and the versions of the packages.
 */
export async function inlinePackages(file: string): Promise<void> {
  const contents = await readFile(file, 'utf8');
  const digest = digestOf([contents], [join(projectRoot, 'package-lock.json')]);
  const directory = await builtOnce('inlined', digest, async (draft) => {
    await writeFile(join(draft, 'bundle.mjs'), await inlined(contents));
  });
  await copyFile(join(directory, 'bundle.mjs'), file);
}

async function inlined(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: projectRoot },
    write: false,
    ...nodeBundle,
    // What the app's processes share already.
    external: ['file:*'],
    // The packages' ESM builds, of which only what is used is taken.
    mainFields: ['module', 'main'],
    banner: requireBanner(join(projectRoot, 'package.json')),
    minifyWhitespace: true,
    minifySyntax: true,
  });
  return outputFiles[0]!.text;
}
