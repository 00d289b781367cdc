import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { isEntry } from '../platform/compile.mjs';
import { projectRoot } from '../platform/files.ts';
import { nodeBundle } from '../platform/node-bundle.mjs';
import { type PackedFiles, readFiles } from './packed-files.ts';

const authorsCommands = 'harness/cli/authors-commands.ts';
const noAuthorsCommands = `import type { IndexEntry } from './index-entry.ts';

/** Whoever plays has no use for them. */
export const authorsCommands: Readonly<Record<string, IndexEntry>> = {};
`;

/** Run by k6, and so reached by no import. */
const isScript = (path: string) => path.endsWith('-script.ts');

/**
 * The source of the harness as far as it is needed to play: what the command line leads to when the commands of authors are left out, and the plain JavaScript
 * that is started by name.
 */
export async function playedCode(): Promise<PackedFiles> {
  const names = await readdir(join(projectRoot, 'harness'), { recursive: true });
  const sources = names.map((name) => `harness/${name}`);
  const { metafile } = await build({
    absWorkingDir: projectRoot,
    ...nodeBundle,
    entryPoints: sources.filter((path) => isEntry(join(projectRoot, path)) || isScript(path)),
    outdir: 'nowhere',
    splitting: true,
    write: false,
    metafile: true,
    packages: 'external',
    plugins: [withoutAuthorsCommands],
  });
  const started = sources.filter((path) => /\.mjs$|\.d\.mts$/.test(path) && !path.startsWith('harness/bench'));
  const needed = new Set([...Object.keys(metafile.inputs), ...started]);
  needed.delete(authorsCommands);
  return new Map([...(await readFiles(projectRoot, needed)), [authorsCommands, noAuthorsCommands]]);
}

const withoutAuthorsCommands: Plugin = {
  name: 'without the commands of authors',
  setup(esbuild) {
    esbuild.onLoad({ filter: /authors-commands\.ts$/ }, () => ({ contents: noAuthorsCommands, loader: 'ts' }));
  },
};
