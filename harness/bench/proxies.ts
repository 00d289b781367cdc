import { haproxyProxy } from './haproxy.ts';
import { linkProxy } from './link-proxy.ts';
import type { RunningProxy } from './proxy-kind.ts';
import { toxiproxyProxy } from './toxiproxy.ts';

/** The link and what it is compared with, all in front of one service. */
export interface Proxies {
  readonly link: RunningProxy;
  readonly Toxiproxy: RunningProxy | { readonly missing: string };
  readonly haproxy: RunningProxy | { readonly missing: string };
}

/** Starts every proxy there is in front of this port of 127.0.0.1, hands them to `use`, and stops them whatever happens. */
export async function withProxies<T>(servicePort: number, use: (proxies: Proxies) => Promise<T>): Promise<T> {
  const started: RunningProxy[] = [];
  const start = async (kind: typeof linkProxy) => {
    const proxy = await kind.start(servicePort);
    if (!('missing' in proxy)) started.push(proxy);
    return proxy;
  };
  try {
    const link = (await start(linkProxy)) as RunningProxy;
    return await use({ link, Toxiproxy: await start(toxiproxyProxy), haproxy: await start(haproxyProxy) });
  } finally {
    for (const proxy of started.reverse()) await proxy.stop();
  }
}

/** How something is measured through each proxy that is there, as arms of `inTurns`. */
export function throughEach<T>(
  proxies: Proxies,
  measure: (proxy: RunningProxy) => Promise<T>,
): Readonly<Record<keyof Proxies, () => Promise<T | undefined>>> {
  const arm = (proxy: Proxies[keyof Proxies]) => async () => ('missing' in proxy ? undefined : measure(proxy));
  return { link: arm(proxies.link), Toxiproxy: arm(proxies.Toxiproxy), haproxy: arm(proxies.haproxy) };
}
