import { describe } from 'vitest';
import { askDocker, removeContainer } from '../../harness/platform/docker-engine.mjs';
import { findEngine } from '../../harness/services/docker/find-engine.ts';

const engine = await findEngine();

/** Like `describe`; without a Docker engine its tests are skipped, and their name says where one was looked for. */
export function describeWithDocker(name: string, tests: () => void): void {
  if ('reason' in engine) describe.skip(`${name} (${engine.reason})`, tests);
  else describe(name, tests);
}

function address(): string {
  if ('reason' in engine) throw new Error(engine.reason);
  return engine.address;
}

interface Container {
  readonly Names: readonly [string, ...string[]];
  readonly Ports: readonly { readonly IP?: string }[];
}

/** The containers that carry the label of a run, also those that have ended. */
async function findContainers(run: string): Promise<readonly Container[]> {
  const filters = encodeURIComponent(JSON.stringify({ label: [`gameday.run=${run}`] }));
  const { text } = await askDocker(address(), 'GET', `/containers/json?all=true&filters=${filters}`);
  return JSON.parse(text) as readonly Container[];
}

/** Names of the containers of a run. */
export async function containersOfRun(run: string): Promise<readonly string[]> {
  return (await findContainers(run)).map(({ Names: [name] }) => name.slice(1));
}

/** Addresses of this machine at which a run's containers can be reached. */
export async function listeningAddresses(run: string): Promise<readonly string[]> {
  const containers = await findContainers(run);
  return containers.flatMap(({ Ports }) => Ports.flatMap(({ IP }) => IP ?? []));
}

/** Takes a container away as somebody else would. */
export function loseContainer(name: string): Promise<void> {
  return removeContainer(address(), name);
}
