import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '../../domain/errors.ts';
import { askDocker } from '../../platform/docker-engine.mjs';

/** The address of a Docker engine that answers, or why there is none. */
export type FoundEngine = { readonly address: string } | { readonly reason: string };

/**
 * Asks for a Docker engine where `DOCKER_HOST` says, and without it at the sockets where engines listen: the machine's, Docker Desktop's, and
 * those of an engine without root. The reason names every socket tried and what was wrong with it.
 */
export async function findEngine(): Promise<FoundEngine> {
  const tried: string[] = [];
  for (const address of candidates()) {
    const problem = await problemWith(address);
    if (problem === undefined) return { address };
    tried.push(`${address} (${problem})`);
  }
  return { reason: `no Docker engine answers; tried ${tried.join(', ')}` };
}

function candidates(): readonly string[] {
  const { DOCKER_HOST, XDG_RUNTIME_DIR } = process.env;
  if (DOCKER_HOST) return [DOCKER_HOST];
  const sockets = [
    '/var/run/docker.sock',
    join(homedir(), '.docker', 'run', 'docker.sock'),
    join(homedir(), '.docker', 'desktop', 'docker.sock'),
    join(XDG_RUNTIME_DIR || `/run/user/${process.getuid?.()}`, 'docker.sock'),
  ];
  return sockets.map((path) => `unix://${path}`);
}

async function problemWith(address: string): Promise<string | undefined> {
  if (address.startsWith('unix://') && !existsSync(address.slice('unix://'.length))) return 'no such socket';
  try {
    const { status } = await askDocker(address, 'GET', '/_ping');
    return status === 200 ? undefined : `it answers with status ${status}`;
  } catch (error) {
    return messageOf(error);
  }
}
