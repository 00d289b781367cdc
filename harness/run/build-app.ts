import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { usageError } from '../domain/errors.ts';
import { projectRoot } from '../platform/files.ts';
import { nodeBundle, problemsOf } from '../platform/node-bundle.mjs';
import { bundledPackages } from './app-packages.ts';
import { inlinePackages } from './inline-packages.ts';

/** The app's processes and its migrator, ready to be run by plain Node. */
export interface AppBuild {
  readonly directory: string;
  readonly api: string;
  readonly worker: string;
  readonly migrate: string;
  /** Preloaded into api and worker where they are traced. */
  readonly tracing: string;
  readonly migrations: string;
}

const entries = ['api', 'worker', 'migrate', 'tracing'] as const;

/**
 * Bundles the app in `source` into `directory`, with its packages left outside (they are ours, so that a build takes a
 * fraction of a second and everybody runs the same versions), and copies its migrations, so that later edits can't touch a running version.
 * Throws `BUILD_FAILED` with file, line and column of each error.
 */
export async function buildApp(source: string, directory: string): Promise<AppBuild> {
  await mkdir(directory, { recursive: true });
  // Outside of what the participant's source answers for.
  const packages = await bundledPackages();
  try {
    await build({
      absWorkingDir: source,
      entryPoints: entries.map((entry) => `src/${entry}.ts`),
      outdir: directory,
      outExtension: { '.js': '.mjs' },
      ...nodeBundle,
      packages: 'external',
      plugins: [usingFiles(packages)],
      sourcemap: 'linked',
    });
    await inlinePackages(join(directory, 'tracing.mjs'));
  } catch (error) {
    const problems = problemsOf(error);
    if (problems === undefined) throw error;
    throw usageError('BUILD_FAILED', problems, 'Repair the source and deploy again.');
  }
  await cp(join(source, 'migrations'), join(directory, 'migrations'), { recursive: true });
  await symlink(join(projectRoot, 'node_modules'), join(directory, 'node_modules'), 'dir');
  return {
    directory,
    api: join(directory, 'api.mjs'),
    worker: join(directory, 'worker.mjs'),
    migrate: join(directory, 'migrate.mjs'),
    tracing: join(directory, 'tracing.mjs'),
    migrations: join(directory, 'migrations'),
  };
}

/** Imports of these packages lead to these files. */
function usingFiles(packages: ReadonlyMap<string, URL>): Plugin {
  return {
    name: 'bundled packages',
    setup(esbuild) {
      esbuild.onResolve({ filter: /^[^./]/ }, ({ path }) => {
        const file = packages.get(path);
        return file && { path: file.href, external: true };
      });
    },
  };
}

/** A digest of the source and migrations in `source`: the same text gives the same digest. */
export async function fingerprintApp(source: string): Promise<string> {
  const hash = createHash('sha256');
  for (const part of ['src', 'migrations']) {
    const files = await readdir(join(source, part), { recursive: true, withFileTypes: true });
    const paths = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
    for (const path of paths.sort())
      hash
        .update(relative(source, path))
        .update('\0')
        .update(await readFile(path))
        .update('\0');
  }
  return hash.digest('hex');
}
