import { statfs } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { execa } from 'execa';
import { messageOf } from '../../domain/errors.ts';
import { cacheDirectory, onPath, runsDirectory } from '../../platform/files.ts';
import { freePort } from '../../platform/ports.ts';
import { formatBytes } from '../runs/directory-size.ts';
import { examineDocker, examineK6 } from './examine-options.ts';
import { examineOtherPrograms } from './examine-other-programs.ts';
import { examinePostgres, examineRedis } from './examine-services.ts';
import type { Finding } from './finding.ts';

const gib = 1024 ** 3;
/** A run with a database of the default size takes about 1.5 GiB, its cached template as much again. */
const disk = { needed: 2 * gib, comfortable: 5 * gib };
/** PostgreSQL, Redis, three app processes, the load engine and the harness together. */
const memory = { needed: 1 * gib, comfortable: 2 * gib };

/** Looks at everything a game day needs, and at what only options of it need. Every finding stands for itself: one that can't be made does not keep the others from being made. */
export async function examine(): Promise<readonly Finding[]> {
  return Promise.all([
    node(),
    cores(),
    examineOtherPrograms(),
    enough('memory', process.availableMemory(), memory, 'close other programs'),
    free('disk for runs', 'GAMEDAY_RUNS', runsDirectory),
    free('disk for cache', 'GAMEDAY_CACHE', cacheDirectory),
    ports(),
    git(),
    examinePostgres(),
    examineRedis(),
    examineDocker(),
    examineK6(),
  ]);
}

function node(): Finding {
  // gameday.mjs refuses older ones before anything else is loaded.
  return { what: 'Node.js', state: 'ok', found: process.versions.node };
}

function cores(): Finding {
  const count = availableParallelism();
  const found = `${count} ${count === 1 ? 'core' : 'cores'}`;
  return count >= 2
    ? { what: 'processor', state: 'ok', found }
    : {
        what: 'processor',
        state: 'poor',
        found,
        fix: 'with one core, load and app disturb each other: expect inconclusive verdicts',
      };
}

function enough(
  what: string,
  bytes: number,
  { needed, comfortable }: { needed: number; comfortable: number },
  fix: string,
): Finding {
  const found = `${formatBytes(bytes)} free`;
  if (bytes >= comfortable) return { what, state: 'ok', found };
  return {
    what,
    state: bytes >= needed ? 'poor' : 'missing',
    found,
    fix: `${fix}; ${formatBytes(comfortable)} is comfortable`,
  };
}

async function free(what: string, variable: string, directoryOf: () => string): Promise<Finding> {
  try {
    const directory = directoryOf();
    const { bavail, bsize } = await statfs(directory);
    const finding = enough(
      what,
      bavail * bsize,
      disk,
      `run \`gameday clean\`, or set ${variable} to a directory on another disk`,
    );
    return { ...finding, found: `${finding.found} in ${directory}` };
  } catch (error) {
    return {
      what,
      state: 'missing',
      found: messageOf(error),
      fix: `set ${variable} to a directory that can be written`,
    };
  }
}

async function ports(): Promise<Finding> {
  try {
    await freePort();
    return { what: 'ports', state: 'ok', found: 'can listen on 127.0.0.1' };
  } catch (error) {
    return { what: 'ports', state: 'missing', found: messageOf(error), fix: 'allow programs to listen on 127.0.0.1' };
  }
}

async function git(): Promise<Finding> {
  const fix = 'install git, for example: apt-get install git, or brew install git';
  if (onPath('git') === undefined) return { what: 'git', state: 'missing', found: 'not on PATH', fix };
  const { stdout, failed } = await execa('git', ['--version'], { reject: false, timeout: 5_000 });
  return failed
    ? { what: 'git', state: 'missing', found: 'it does not start', fix }
    : { what: 'git', state: 'ok', found: stdout.replace('git version ', '') };
}
