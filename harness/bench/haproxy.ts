import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { until } from '../platform/clock.ts';
import { onPath, removeTemporaryDirectory, temporaryDirectory } from '../platform/files.ts';
import { freePort } from '../platform/ports.ts';
import { startProcess } from '../platform/processes.ts';

/** A proxy known to be fast, started for comparison. */
export interface Haproxy {
  readonly port: number;
  stop(): Promise<void>;
}

/** Passes TCP connections on to this port of 127.0.0.1 with one thread, as a link does; undefined when haproxy is not on PATH. */
export async function startHaproxy(servicePort: number): Promise<Haproxy | undefined> {
  const command = onPath('haproxy');
  if (command === undefined) return undefined;
  const directory = temporaryDirectory('bench-haproxy');
  const port = await freePort();
  const configuration = join(directory, 'haproxy.cfg');
  writeFileSync(
    configuration,
    `global
  nbthread 1
defaults
  mode tcp
  timeout connect 5s
  timeout client 60s
  timeout server 60s
listen bench
  bind 127.0.0.1:${port}
  server service 127.0.0.1:${servicePort}
`,
  );
  const haproxy = startProcess({ name: 'haproxy', command, args: ['-db', '-f', configuration] });
  const stop = async () => {
    await haproxy.stop();
    removeTemporaryDirectory(directory);
  };
  try {
    await until('haproxy to listen', () => accepts(port), { timeoutMs: 5_000, everyMs: 20 });
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, stop };
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
