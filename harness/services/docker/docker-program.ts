import { environmentError } from '../../domain/errors.ts';
import { onPath } from '../../platform/files.ts';
import { startProcess } from '../../platform/processes.ts';

const lastLines = 4;

/** Why the `docker` program can't be used; undefined when it can. */
export function whyNoDockerProgram(): string | undefined {
  return onPath('docker') === undefined ? 'docker is not on PATH' : undefined;
}

/**
 * Runs `docker <args>` against the engine at `address`. Rejects with `DOCKER_FAILED` and its last words when it fails, and with the signal's reason on abort; then it has ended.
 */
export async function runDocker(address: string, args: readonly string[], signal: AbortSignal): Promise<void> {
  const running = startProcess({
    name: 'docker',
    command: 'docker',
    args,
    env: { DOCKER_HOST: address },
  });
  const stop = () => void running.stop();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  const { code } = await running.exited;
  signal.removeEventListener('abort', stop);
  signal.throwIfAborted();
  if (code === 0) return;
  const last = running.tail().trim().split('\n').slice(-lastLines).join('\n');
  throw environmentError('DOCKER_FAILED', `docker ${args[0]} failed: ${last}`);
}
