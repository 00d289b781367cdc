import { createHash } from 'node:crypto';
import { copyFile, cp, mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { usageError } from '../domain/errors.ts';
import { projectRoot } from '../platform/files.ts';
import { nodeBundle, problemsOf } from '../platform/node-bundle.mjs';
import { bundledPackages } from './app-packages.ts';
import { inlinePackages } from './inline-packages.ts';
import { selfContained } from './self-contained.ts';

/** The app's processes and its migrator, ready to be run by plain Node. */
export interface AppBuild {
  readonly directory: string;
  readonly api: string;
  readonly worker: string;
  readonly migrate: string;
  /** Preloaded into api and worker where they are traced. */
  readonly tracing: string;
  readonly migrations: string;
  /** Preloaded into api and worker: lets the harness shift their clocks. */
  readonly clockShift: string;
}

const entries = ['api', 'worker', 'migrate', 'tracing'] as const;
const clockShift = join(import.meta.dirname, 'clock-shift.mjs');

/**
 * Bundles the app in `source` into `directory`, with its packages left outside (they are ours, so that a build takes a
 * fraction of a second and everybody runs the same versions), and copies its migrations, so that later edits can't touch a running version.
 * Throws `BUILD_FAILED` with file, line and column of each error.
 */
export async function buildApp(source: string, directory: string): Promise<AppBuild> {
  await mkdir(directory, { recursive: true });
  // Outside of what the participant's source answers for.
  const packages = await bundledPackages();
  await bundled(source, directory, { packages: 'external', plugins: [usingFiles(packages)] });
  await inlinePackages(join(directory, 'tracing.mjs'));
  await symlink(join(projectRoot, 'node_modules'), join(directory, 'node_modules'), 'dir');
  return finished(source, directory, clockShift);
}

/**
 * The same with everything it runs on in `directory`, for an app that gets to see nothing else; packages other than the app's own and files outside of `source` are refused.
 * It can't be traced. Throws `BUILD_FAILED`.
 */
export async function buildSelfContained(source: string, directory: string): Promise<AppBuild> {
  await mkdir(directory, { recursive: true });
  await bundled(source, directory, await selfContained(source));
  const ownClockShift = join(directory, 'clock-shift.mjs');
  await copyFile(clockShift, ownClockShift);
  return finished(source, directory, ownClockShift);
}

async function bundled(source: string, directory: string, how: BuildOptions): Promise<void> {
  try {
    await build({
      absWorkingDir: source,
      entryPoints: entries.map((entry) => `src/${entry}.ts`),
      outdir: directory,
      outExtension: { '.js': '.mjs' },
      ...nodeBundle,
      sourcemap: 'linked',
      ...how,
    });
  } catch (error) {
    const problems = problemsOf(error);
    if (problems === undefined) throw error;
    throw usageError('BUILD_FAILED', problems, 'Repair the source and deploy again.');
  }
}

async function finished(source: string, directory: string, shift: string): Promise<AppBuild> {
  await cp(join(source, 'migrations'), join(directory, 'migrations'), { recursive: true });
  return {
    directory,
    api: join(directory, 'api.mjs'),
    worker: join(directory, 'worker.mjs'),
    migrate: join(directory, 'migrate.mjs'),
    tracing: join(directory, 'tracing.mjs'),
    migrations: join(directory, 'migrations'),
    clockShift: shift,
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
