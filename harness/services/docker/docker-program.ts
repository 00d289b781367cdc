import { environmentError } from '../../domain/errors.ts';
import { onPath } from '../../platform/files.ts';
import { exitOrStop, lastWords, startProcess } from '../../platform/processes.ts';

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
  const { code } = await exitOrStop(running, signal);
  signal.throwIfAborted();
  if (code !== 0) throw environmentError('DOCKER_FAILED', `docker ${args[0]} failed: ${lastWords(running)}`);
}
