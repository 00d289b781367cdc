import { readFile } from 'node:fs/promises';
import { askDocker } from '../../platform/docker-engine.mjs';

interface ContainerState {
  readonly id: string;
  readonly running: boolean;
  /** As the engine's machine counts. */
  readonly pid: number;
}

/** What the engine at `address` knows of a container. Rejects when it knows nothing. */
export async function inspectContainer(address: string, name: string): Promise<ContainerState> {
  const { status, text } = await askDocker(address, 'GET', `/containers/${name}/json`);
  if (status !== 200) throw new Error(`Docker does not know ${name}: ${text.trim()}`);
  const { Id, State } = JSON.parse(text) as {
    readonly Id: string;
    readonly State: { readonly Running: boolean; readonly Pid: number };
  };
  return { id: Id, running: State.Running, pid: State.Pid };
}

/** The container's first process, if this machine has it: an engine may run in a virtual machine or elsewhere, where its numbers mean others. */
export async function pidOnThisMachine(address: string, name: string): Promise<number | undefined> {
  const { id, pid } = await inspectContainer(address, name);
  // The kernel names a container's group of processes after it.
  const group = await readFile(`/proc/${pid}/cgroup`, 'utf8').catch(() => '');
  return group.includes(id) ? pid : undefined;
}
