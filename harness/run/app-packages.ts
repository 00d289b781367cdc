import { readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { builtOnce, digestOf } from '../platform/code-cache.mjs';
import { projectRoot } from '../platform/files.ts';
import { nodeBundle, requireBanner } from '../platform/node-bundle.mjs';

const app = join(projectRoot, 'sandbox-app');
/** Loaded from their own files: they are small, and what observes an app hooks into their loading. */
const untouched: readonly string[] = ['express', 'ioredis', 'pg', 'pino'];
const prefix = 'package:';

/** What starts tracing is made one file in another way, see `inlinePackages`. */
const isTracing = (name: string) => name.startsWith('@opentelemetry/') && name !== '@opentelemetry/api';

/**
 * The app's packages that consist of many files, made one file each, by name: a process of the app starts a quarter faster. That takes a second and
 * is done once for a lock file.
 */
export async function bundledPackages(): Promise<ReadonlyMap<string, URL>> {
  const { dependencies } = JSON.parse(await readFile(join(app, 'package.json'), 'utf8')) as { dependencies: object };
  const names = Object.keys(dependencies).filter((name) => !untouched.includes(name) && !isTracing(name));
  const digest = digestOf([projectRoot, ...names], [join(projectRoot, 'package-lock.json')]);
  const directory = await builtOnce('app-packages', digest, (draft) => bundle(names, draft));
  return new Map(names.map((name) => [name, pathToFileURL(join(directory, `${name}.mjs`))]));
}

async function bundle(names: readonly string[], directory: string): Promise<void> {
  await build({
    entryPoints: names.map((name) => ({ in: `${prefix}${name}`, out: name })),
    outdir: directory,
    outExtension: { '.js': '.mjs' },
    ...nodeBundle,
    splitting: true,
    external: [...untouched, 'msgpackr-extract'],
    plugins: [packageEntries],
    banner: requireBanner(join(app, 'src')),
  });
  await symlink(join(projectRoot, 'node_modules'), join(directory, 'node_modules'), 'dir');
}

/** What a namespace has of CommonJS beside its exports. */
const marks: readonly string[] = ['module.exports', '__esModule'];

/** Modules that export what a package exports, name by name: the exports of CommonJS are known only once it has run. */
const packageEntries: Plugin = {
  name: 'package entries',
  setup(esbuild) {
    esbuild.onResolve({ filter: new RegExp(`^${prefix}`) }, ({ path }) => ({
      path: path.slice(prefix.length),
      namespace: prefix,
    }));
    esbuild.onLoad({ filter: /.*/, namespace: prefix }, async ({ path }) => {
      const names = Object.keys((await import(path)) as object).filter((name) => !marks.includes(name));
      return { contents: `export { ${names.join(', ')} } from ${JSON.stringify(path)};`, resolveDir: app };
    });
  },
};
