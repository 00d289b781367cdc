import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { TestContainer } from 'testcontainers';
import { environmentError, messageOf } from '../../domain/errors.ts';
import type { ServiceKind } from '../../domain/service.ts';
import { until } from '../../platform/clock.ts';
import { removeContainer } from '../../platform/docker-engine.mjs';
import { isOwnAddress } from '../../platform/is-own-address.ts';
import { reaper } from '../../platform/reaper.ts';
import { findEngine } from './find-engine.ts';
import { inspectContainer, pidOnThisMachine } from './inspect-container.ts';

export interface ContainerNeed {
  readonly kind: ServiceKind;
  readonly image: string;
  /** Where the server listens inside. */
  readonly port: number;
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Text of files by their path inside. */
  readonly files: Readonly<Record<string, string>>;
  /** The run's directory: its name becomes the label `gameday.run`, and the server's log goes there. */
  readonly directory: string;
  /** Rejects as long as the server does not answer. */
  answers(host: string, port: number): Promise<unknown>;
}

export interface StartedContainer {
  readonly host: string;
  readonly port: number;
  /** Of its first process, where the engine runs on this machine and not in a virtual one. */
  readonly pid?: number;
  readonly logFile: string;
  /** Removes it with its data. Idempotent. */
  stop(): Promise<void>;
}

const startTimeoutMs = 60_000;

/**
 * Starts a container, pulling its image when the engine has none, and resolves when the server in it answers. The reaper removes it when we can't.
 * Throws `CONTAINER_NOT_STARTED` with the engine's or the server's last words; then nothing is left of it.
 */
export async function startContainer(need: ContainerNeed): Promise<StartedContainer> {
  const engine = await findEngine();
  if ('reason' in engine) throw environmentError('NO_DOCKER', engine.reason);
  const { address } = engine;
  const name = `gameday-${need.kind}-${randomBytes(5).toString('hex')}`;
  const logFile = join(need.directory, `${need.kind}.log`);
  const forget = reaper().container(address, name);
  const stop = async () => {
    await removeContainer(address, name);
    forget();
  };
  try {
    const { host, port } = await run(address, name, logFile, need);
    await untilAnswering(address, name, host, port, need);
    const pid = await pidOnThisMachine(address, name);
    return { host, port, logFile, stop, ...(pid !== undefined && { pid }) };
  } catch (error) {
    await stop();
    const lastWords = await readFile(logFile, 'utf8').catch(() => '');
    throw environmentError(
      'CONTAINER_NOT_STARTED',
      `${need.image} did not start: ${messageOf(error)} ${lastWords.trim().slice(-500)}`.trim(),
    );
  }
}

async function run(
  address: string,
  name: string,
  logFile: string,
  { image, port, command, environment = {}, files, directory }: ContainerNeed,
): Promise<{ readonly host: string; readonly port: number }> {
  // The library looks for engines in an order of its own.
  process.env.DOCKER_HOST = address;
  // Half a second of loading that only those pay who use Docker.
  const { GenericContainer, getContainerRuntimeClient, Wait } = await import('testcontainers');
  const engineHost = (await getContainerRuntimeClient()).info.containerRuntime.host;
  // Where this machine looks like a container, the library names it by its address in Docker's network.
  const onThisMachine = await isOwnAddress(engineHost);

  /** By itself, the library publishes ports on every address of the machine. */
  class PrivateContainer extends GenericContainer {
    protected override async beforeContainerCreated(): Promise<void> {
      if (onThisMachine) this.hostConfig.PortBindings = { [`${port}/tcp`]: [{ HostIp: '127.0.0.1', HostPort: '0' }] };
    }
  }
  const container: TestContainer = new PrivateContainer(image)
    .withName(name)
    .withLabels({ 'gameday.run': basename(directory) })
    .withEnvironment(environment)
    .withExposedPorts(port)
    .withCommand([...command])
    .withCopyContentToContainer(Object.entries(files).map(([target, content]) => ({ target, content })))
    .withLogConsumer((log) => log.pipe(createWriteStream(logFile, { flags: 'a' }).on('error', () => {})))
    // It is asked below, through its protocol, and our own reaper cleans up.
    .withWaitStrategy(Wait.forAll([]))
    .withAutoCleanup(false);
  const started = await container.start();
  return { host: onThisMachine ? '127.0.0.1' : engineHost, port: started.getMappedPort(port) };
}

async function untilAnswering(address: string, name: string, host: string, port: number, need: ContainerNeed) {
  let running = true;
  await until(
    `the server in ${name} to answer`,
    async () => {
      running = (await inspectContainer(address, name)).running;
      return !running || need.answers(host, port).then(() => true);
    },
    { timeoutMs: startTimeoutMs, everyMs: 20 },
  );
  if (!running) throw new Error('its server ended.');
}
