import { onPath } from '../platform/files.ts';
import { startProcess } from '../platform/processes.ts';

/** A program that the harness is compared with. It is not needed for anything else. */
export interface Program {
  readonly name: string;
  readonly command: string;
  readonly versionArgument: string;
  /** A command that installs it. */
  readonly install: string;
}

export const k6: Program = {
  name: 'k6',
  command: 'k6',
  versionArgument: 'version',
  install: 'go install go.k6.io/k6@v1.8.1',
};

/** Its server is called `server` by its own build. */
export const toxiproxy: Program = {
  name: 'Toxiproxy',
  command: 'toxiproxy-server',
  versionArgument: '-version',
  install:
    'GOBIN=/tmp go install -ldflags "-X github.com/Shopify/toxiproxy/v2.Version=2.5.0" github.com/Shopify/toxiproxy/v2/cmd/server@v2.5.0 && mv /tmp/server /usr/local/bin/toxiproxy-server',
};

export const haproxy: Program = {
  name: 'haproxy',
  command: 'haproxy',
  versionArgument: '-v',
  install: 'apt-get install haproxy',
};

/** Absolute path of the program, or why there is none and what to do about it. */
export function locate({ name, command, install }: Program): string | { readonly missing: string } {
  return onPath(command) ?? { missing: `${name} is not there to compare with (${command} on PATH): ${install}` };
}

/** For example `1.8.1`; undefined when it is not there or does not say. */
export async function versionOf(program: Program): Promise<string | undefined> {
  const command = locate(program);
  if (typeof command !== 'string') return undefined;
  const asked = startProcess({ name: program.name, command, args: [program.versionArgument] });
  await asked.exited;
  return /\d+\.\d+(\.\d+)?/.exec(asked.tail())?.[0];
}
