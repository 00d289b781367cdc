import { startNetwork } from '../platform/network/network.ts';
import type { ProxyKind } from './proxy-kind.ts';

/** A link of the harness's network without a fault. Its processor time is that of this whole process, which does nothing else while a proxy is measured. */
export const linkProxy: ProxyKind = {
  name: 'link',
  async start(servicePort) {
    const network = startNetwork();
    const { port } = await network.link('bench', { host: '127.0.0.1', port: servicePort });
    return {
      port,
      cpuSeconds: async () => {
        const { user, system } = process.cpuUsage();
        return (user + system) / 1e6;
      },
      stop: () => network.close(),
    };
  },
};
