import { execFile } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';
import { promisify } from 'node:util';
import { projectRoot } from '../platform/files.ts';
import { embeddedInstallation } from '../services/postgres/installation.ts';
import { haproxy, k6, toxiproxy, versionOf } from './program.ts';
import type { Machine } from './results.ts';

/** This machine and what the benches are about to measure on it. */
export async function thisMachine(): Promise<Machine> {
  const programs = [haproxy, k6, toxiproxy];
  const versions = await Promise.all(programs.map(versionOf));
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform}-${process.arch}`,
    loadBefore: Number(loadavg()[0]!.toFixed(2)),
    commit: await currentCommit(),
    versions: {
      Node: process.version.slice(1),
      PostgreSQL: await postgresVersion(),
      ...Object.fromEntries(programs.map(({ name }, index) => [name, versions[index] ?? 'missing'])),
    },
  };
}

async function postgresVersion(): Promise<string> {
  return embeddedInstallation().then(
    ({ version }) => version,
    () => 'missing',
  );
}

/** Short, with a plus sign when files differ from it; undefined outside a checkout. */
async function currentCommit(): Promise<string | undefined> {
  const git = async (...args: string[]) => (await promisify(execFile)('git', args, { cwd: projectRoot })).stdout.trim();
  try {
    const commit = await git('rev-parse', '--short', 'HEAD');
    return (await git('status', '--porcelain')) === '' ? commit : `${commit}+`;
  } catch {
    return undefined;
  }
}
