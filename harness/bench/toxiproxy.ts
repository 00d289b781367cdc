import { freePort } from '../platform/ports.ts';
import { toxiproxy } from './program.ts';
import { programProxy } from './program-proxy.ts';

/** What a link does, as it is usually had: a proxy that faults can be put into, here none. It uses as many processors as it gets. */
export const toxiproxyProxy = programProxy({
  program: toxiproxy,
  // A port for its API of its own, so that one that runs here already is not in the way.
  args: async (file) => ['-port', String(await freePort()), '-config', file],
  configuration: (port, servicePort) =>
    JSON.stringify([
      { name: 'bench', listen: `127.0.0.1:${port}`, upstream: `127.0.0.1:${servicePort}`, enabled: true },
    ]),
});
