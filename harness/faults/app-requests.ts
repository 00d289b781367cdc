import { request } from 'undici';
import type { AppProcess, Sandbox } from '../domain/sandbox.ts';

const TIMEOUT_MS = 2_000;

/** The replicas that serve the API, in the fleet's order. */
export function replicasOf(sandbox: Sandbox): readonly AppProcess[] {
  return sandbox.app.processes().filter(({ name }) => name.startsWith('api-'));
}

/**
 * Requests that the app says it has answered, over all replicas since their start (`http_request_duration_seconds_count`).
 * @param route only this route template, for example `/webhooks/payments`; default: all
 * @throws when a replica does not answer `/metrics` within 2 seconds
 */
export function requestsAnswered(sandbox: Sandbox, route?: string): Promise<number> {
  return overReplicas(sandbox, (exposition) => countIn(exposition, route));
}

/**
 * Requests that have reached the app, answered or still waiting there: what it says it has answered plus the sockets it has open, because every
 * waiting request holds one. Only differences mean something. Unlike the answers alone, they grow with the arrivals also when the app is overloaded.
 * @throws as `requestsAnswered`
 */
export function requestsArrived(sandbox: Sandbox): Promise<number> {
  return overReplicas(sandbox, (exposition) => countIn(exposition, undefined) + socketsIn(exposition));
}

async function overReplicas(sandbox: Sandbox, read: (exposition: string) => number): Promise<number> {
  const counts = await Promise.all(
    replicasOf(sandbox).map(async ({ url }) => {
      const answer = await request(`${url}/metrics`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
      return read(await answer.body.text());
    }),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Adds up one counter of a Prometheus text exposition. */
function countIn(exposition: string, route: string | undefined): number {
  const series = /^http_request_duration_seconds_count\{(?<labels>.*)\} (?<value>\S+)$/gm;
  let sum = 0;
  for (const { groups } of exposition.matchAll(series)) {
    if (route === undefined || groups?.labels?.includes(`route="${route}"`)) sum += Number(groups?.value);
  }
  return sum;
}

/** Open sockets as Node.js counts them itself (`nodejs_active_handles`); 0 where that is not exposed. */
function socketsIn(exposition: string): number {
  return Number(/^nodejs_active_handles\{[^}]*type="Socket"[^}]*\} (\S+)$/m.exec(exposition)?.[1] ?? 0);
}
