import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, statfs, utimes } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CompanySize } from '../../domain/company.ts';
import { environmentError } from '../../domain/errors.ts';
import { freeSomeSpace } from '../disk-full.ts';
import { readMigrations } from './migrations.ts';
import { templateUser } from './template-use.ts';

/**
 * Names what a seeded company depends on: migrations, generator, size, and the server and platform that wrote its files.
 * @param server for example `18.4`
 */
export async function templateKey(size: CompanySize, server: string): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify([size, server, platform(), arch()]));
  for (const { name, checksum } of await readMigrations()) hash.update(`${name} ${checksum}\n`);
  for (const file of await generatorSources()) hash.update(await readFile(file));
  return `${size}-${hash.digest('hex').slice(0, 24)}`;
}

/** Everything that decides what is in a template, this file included. */
async function generatorSources(): Promise<readonly string[]> {
  const here = fileURLToPath(new URL('.', import.meta.url));
  const files = await readdir(here, { recursive: true });
  const counts = fileURLToPath(new URL('../../domain/company.ts', import.meta.url));
  return [
    counts,
    ...files
      .filter((file) => file.endsWith('.ts'))
      .sort()
      .map((file) => join(here, file)),
  ];
}

/** Bytes on disk while a template is built, and of each copy of it; measured, rounded up. */
const neededBytes: Readonly<Record<CompanySize, { readonly build: number; readonly copy: number }>> = {
  small: { build: 200e6, copy: 150e6 },
  default: { build: 1.5e9, copy: 0.9e9 },
  large: { build: 14e9, copy: 7.5e9 },
};

/** Throws `DISK_FULL` with both figures when the file system of `directory` has less room than `purpose` takes at this size. */
export async function assertRoom(directory: string, size: CompanySize, purpose: 'build' | 'copy'): Promise<void> {
  const { bavail, bsize } = await statfs(directory);
  const free = bavail * bsize;
  const needed = neededBytes[size][purpose];
  if (free >= needed) return;
  throw environmentError(
    'DISK_FULL',
    `the ${size} company needs ${gigabytes(needed)} in ${directory}, and ${gigabytes(free)} are free there`,
    freeSomeSpace,
  );
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(2)} GB`;
}

/**
 * Makes sure that the directory `<root>/<key>` is there, made by `build` if it is not there yet. A build that fails or is interrupted leaves no such directory.
 * `build` gets an empty directory to fill. What is there but fails `intact` is built again.
 */
export async function cachedDirectory(
  root: string,
  key: string,
  intact: (directory: string) => Promise<boolean>,
  build: (draft: string) => Promise<void>,
): Promise<void> {
  const directory = join(root, key);
  if (await intact(directory)) return;
  const draft = join(root, `${key}.${process.pid}.draft`);
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true, mode: 0o700 });
  try {
    await build(draft);
    await rm(directory, { recursive: true, force: true });
    await rename(draft, directory);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

const keptDays = 30;

/** Notes that the template in `directory` was used now, and removes its neighbours that nobody uses or used for 30 days. */
export async function keepInUse(directory: string): Promise<void> {
  const now = new Date();
  await utimes(directory, now, now);
  const root = dirname(directory);
  for (const name of await readdir(root)) {
    const neighbour = join(root, name);
    // Another process may be removing it at this moment.
    const usedAt = await stat(neighbour).then(
      ({ mtimeMs }) => mtimeMs,
      () => now.getTime(),
    );
    if (now.getTime() - usedAt > keptDays * 86_400_000 && templateUser(neighbour) === undefined)
      await rm(neighbour, { recursive: true, force: true });
  }
}
