import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { projectRoot } from '../platform/files.ts';
import { notHandedOut } from '../run/workspace.ts';
import { type PackedFiles, readFiles } from './packed-files.ts';

/** Beside app and harness: what npm, Docker and editors need of the root, and dashboards for those who have Grafana. */
const alsoNeeded = [
  ...['package-lock.json', 'tsconfig.json', 'LICENSE', '.gitignore', '.dockerignore', 'docker-compose.yml'],
  'harness/Dockerfile',
];
const alsoNeededFolders = ['grafana'];

/** npm scripts of those who play. */
const scripts = ['prepare', 'start', 'gameday'];

const devContainer = {
  name: 'gameday',
  image: 'mcr.microsoft.com/devcontainers/typescript-node:22-bookworm',
  onCreateCommand: 'sudo apt-get update && sudo apt-get install -y redis-server',
  postCreateCommand: 'npm ci',
};

/** The app as it is handed out, and what surrounds harness and scenarios in a project that can be installed and played. */
export async function packedProject(): Promise<PackedFiles> {
  const inFolders = await Promise.all(['sandbox-app', ...alsoNeededFolders].map(filesIn));
  return new Map([
    ...(await readFiles(projectRoot, [...alsoNeeded, ...inFolders.flat()])),
    ['package.json', await packageToPlay()],
    ['.devcontainer/devcontainer.json', `${JSON.stringify(devContainer, null, 2)}\n`],
  ]);
}

async function packageToPlay(): Promise<string> {
  const whole = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8'));
  const kept = Object.entries(whole.scripts as Record<string, string>).filter(([name]) => scripts.includes(name));
  return `${JSON.stringify({ ...whole, scripts: Object.fromEntries(kept) }, null, 2)}\n`;
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(join(projectRoot, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(projectRoot, join(entry.parentPath, entry.name)))
    .filter((path) => !path.split('/').some((part) => notHandedOut.has(part)));
}
