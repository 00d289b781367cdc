import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { readProcessTree } from '../meters/process-tree.ts';
import { until } from '../platform/clock.ts';
import { removeTemporaryDirectory, temporaryDirectory, writeFileAtomic } from '../platform/files.ts';
import { freePort } from '../platform/ports.ts';
import { startProcess } from '../platform/processes.ts';
import { locate, type Program } from './program.ts';
import type { ProxyKind } from './proxy-kind.ts';

interface ProgramProxy {
  readonly program: Program;
  /** The text of its configuration. */
  configuration(port: number, servicePort: number): string;
  args(configurationFile: string): Promise<readonly string[]>;
}

/** A proxy that is a program with a configuration file. Throws what `until` throws when it does not listen within 5 s. */
export function programProxy({ program, configuration, args }: ProgramProxy): ProxyKind {
  return {
    name: program.name,
    async start(servicePort) {
      const command = locate(program);
      if (typeof command !== 'string') return command;
      const directory = temporaryDirectory('bench-proxy');
      const file = join(directory, 'configuration');
      const port = await freePort();
      writeFileAtomic(file, configuration(port, servicePort));
      const proxy = startProcess({ name: program.name, command, args: await args(file) });
      const stop = async () => {
        await proxy.stop();
        removeTemporaryDirectory(directory);
      };
      try {
        await until(`${program.name} to listen`, () => accepts(port), { timeoutMs: 5_000, everyMs: 20 });
      } catch (error) {
        await stop();
        throw error;
      }
      return { port, cpuSeconds: async () => (await readProcessTree(proxy.pid))?.cpuSeconds ?? 0, stop };
    },
  };
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
