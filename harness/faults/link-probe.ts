import type { Sandbox } from '../domain/sandbox.ts';
import { openPostgres, withRedis } from './services.ts';

export type LinkName = keyof Sandbox['links'];
export const linkNames: readonly LinkName[] = ['postgres', 'redis'];

const TRIES = 3;

/**
 * The shortest of a few round trips to the service, in milliseconds: `through` the link as the app goes, or `past` it as the harness goes.
 * @param patienceMs longest wait for the connection and, of Redis, for each answer
 * @throws when the service can't be reached that way in time
 */
export async function roundTripMs(
  sandbox: Sandbox,
  link: LinkName,
  way: 'through' | 'past',
  patienceMs = 3_000,
): Promise<number> {
  const url = new URL(link === 'postgres' ? sandbox.postgres.adminUrl : sandbox.redis.url);
  if (way === 'through') {
    url.hostname = '127.0.0.1';
    url.port = String(sandbox.links[link].port);
  }
  return link === 'postgres' ? postgresRoundTrip(url.href, patienceMs) : redisRoundTrip(url.href, patienceMs);
}

async function postgresRoundTrip(url: string, patienceMs: number): Promise<number> {
  const client = await openPostgres(url, { connectMs: patienceMs });
  try {
    return await shortest(() => client.query('SELECT 1'));
  } finally {
    await client.end().catch(() => {});
  }
}

function redisRoundTrip(url: string, patienceMs: number): Promise<number> {
  return withRedis(url, (redis) => shortest(() => redis.ping()), patienceMs);
}

async function shortest(trip: () => Promise<unknown>): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < TRIES; i++) {
    const start = performance.now();
    await trip();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}
