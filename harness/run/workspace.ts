import { cp, mkdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { execa } from 'execa';
import { environmentError, usageError } from '../domain/errors.ts';
import { projectRoot } from '../platform/files.ts';

/** The app as it is handed out. */
export const originalApp = join(projectRoot, 'sandbox-app');

/** Names within the app that are nobody's source. */
export const notHandedOut: ReadonlySet<string> = new Set(['node_modules', 'dist', 'coverage']);

/**
 * What git prints, without the user's own configuration: no hooks, no signing, the same line endings everywhere; and quick rather than small. Throws `GIT_MISSING`,
 * `GIT_FAILED`.
 */
export async function git(cwd: string, ...args: readonly string[]): Promise<string> {
  const identity = { GIT_AUTHOR_NAME: 'tradepost', GIT_AUTHOR_EMAIL: 'dev@tradepost.example' };
  const settings = ['core.hooksPath=/dev/null', 'core.autocrlf=false', 'core.compression=0'];
  const result = await execa('git', [...settings.flatMap((setting) => ['-c', setting]), ...args], {
    cwd,
    env: {
      ...identity,
      GIT_COMMITTER_NAME: identity.GIT_AUTHOR_NAME,
      GIT_COMMITTER_EMAIL: identity.GIT_AUTHOR_EMAIL,
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
      // A directory inside another checkout must not be taken for a part of it.
      GIT_CEILING_DIRECTORIES: join(cwd, '..'),
    },
    reject: false,
  });
  if (result.failed && result.exitCode === undefined) {
    throw environmentError(
      'GIT_MISSING',
      'git could not be started.',
      'Install git and make sure that it is on PATH.',
      result.cause,
    );
  }
  if (result.failed) throw usageError('GIT_FAILED', `git ${args[0]}: ${result.stderr.trim()}`);
  return result.stdout;
}

/**
 * Copies the app as handed out into `directory` (which must not exist) and makes it a git repository with one commit, and another for each patch, whose
 * first line is its message. Throws a GamedayError when git is missing, `PATCH_REJECTED` when a patch does not fit.
 */
export async function createWorkspace(directory: string, patches: readonly string[] = []): Promise<void> {
  await copyApp(directory);
  await git(directory, 'init', '--quiet', '--initial-branch=main');
  await git(directory, 'add', '--all');
  await git(directory, 'commit', '--quiet', '--message', 'tradepost api 2.14.0');
  for (const patch of patches) {
    await applyPatch(directory, patch);
    await git(directory, 'add', '--all');
    const [message = ''] = (await readFile(patch, 'utf8')).split('\n', 1);
    await git(directory, 'commit', '--quiet', '--message', message);
  }
}

/** Copies the app as handed out into `directory` and applies the patches in order. Throws `PATCH_REJECTED` naming the file and hunk. */
export async function createPatchedApp(directory: string, patches: readonly string[]): Promise<void> {
  await copyApp(directory);
  for (const patch of patches) await applyPatch(directory, patch);
}

/** Applies one patch (paths relative to the app) to a copy of the app. Throws `PATCH_REJECTED` when a hunk does not fit; then nothing is changed. */
export async function applyPatch(directory: string, patch: string): Promise<void> {
  try {
    await git(directory, 'apply', '--whitespace=nowarn', patch);
  } catch (error) {
    throw usageError(
      'PATCH_REJECTED',
      `${patch} does not apply to the app: ${(error as Error).message}`,
      `Make ${basename(patch)} again with \`git diff\` against the current sandbox-app.`,
    );
  }
}

async function copyApp(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  await cp(originalApp, directory, { recursive: true, filter: (source) => !notHandedOut.has(basename(source)) });
}
