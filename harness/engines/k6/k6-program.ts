import { onPath } from '../../platform/files.ts';
import { startProcess } from '../../platform/processes.ts';

/** A k6 that can be run here. */
export interface K6Program {
  readonly version: string;
  /** The path of the program, or the image that Docker runs. */
  readonly where: string;
  /**
   * The command line that runs `k6 <args>`.
   * @param folder where it runs; the only folder it is sure to see
   */
  command(folder: string, args: readonly string[], env: Readonly<Record<string, string>>): K6Command;
}

interface K6Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** The oldest major version that has everything the engine uses. */
const oldestMajor = 1;
const image = 'grafana/k6';
/** Docker may have to start a container for it. */
const lookupMs = 20_000;

/** k6 from PATH, else in Docker when its image is there; else the reasons, in words for people. */
export async function findK6(): Promise<K6Program | { readonly missing: string }> {
  const reasons: string[] = [];
  for (const look of [onThisMachine, inDocker]) {
    const found = await look();
    if (typeof found !== 'string') return found;
    reasons.push(found);
  }
  return { missing: reasons.join('; ') };
}

async function onThisMachine(): Promise<K6Program | string> {
  const binary = onPath('k6');
  if (binary === undefined) return 'k6 is not on PATH (https://grafana.com/docs/k6/latest/set-up/install-k6/)';
  const version = await versionOf(binary, ['version']);
  return typeof version === 'string'
    ? `${binary} ${version}`
    : { ...version, where: binary, command: (_, args, env) => ({ command: binary, args, env }) };
}

/** With the network of the host, where the sandbox listens on 127.0.0.1: Linux only. */
async function inDocker(): Promise<K6Program | string> {
  const docker = onPath('docker');
  if (docker === undefined) return 'Docker is not on PATH';
  if (process.platform !== 'linux') return 'Docker shares its network with the host on Linux only';
  if ((await output(docker, ['image', 'inspect', image])) === undefined)
    return `Docker does not run or has no image ${image} (docker pull ${image})`;
  const version = await versionOf(docker, ['run', '--rm', image, 'version']);
  if (typeof version === 'string') return `${image} ${version}`;
  return {
    ...version,
    where: `Docker image ${image}`,
    command: (folder, args, env) => ({
      command: docker,
      env,
      args: [
        ...['run', '--rm', '--init', '--network', 'host', '--volume', `${folder}:${folder}:ro`, '--workdir', folder],
        ...['--user', `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`],
        ...Object.keys(env).flatMap((name) => ['--env', name]),
        image,
        ...args,
      ],
    }),
  };
}

/** Its version, or why it can't be used. */
async function versionOf(command: string, args: readonly string[]): Promise<{ readonly version: string } | string> {
  const said = await output(command, args);
  const version = said === undefined ? undefined : /v(\d+\.\d+\.\d+)/.exec(said)?.[1];
  if (version === undefined) return 'does not say its version';
  const old = Number(version.split('.')[0]) < oldestMajor;
  return old ? `is of version ${version}, and ${oldestMajor}.0 or newer is needed` : { version };
}

/** What a short command prints; undefined when it fails or takes too long. */
async function output(command: string, args: readonly string[]): Promise<string | undefined> {
  const { exited, stop, tail } = startProcess({ name: 'k6 lookup', command, args });
  // A Docker that hangs answers nothing at all.
  const tooLong = setTimeout(() => void stop(), lookupMs);
  const { code } = await exited;
  clearTimeout(tooLong);
  return code === 0 ? tail() : undefined;
}
