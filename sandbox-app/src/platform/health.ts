import { Router } from 'express';
import type { Redis } from 'ioredis';
import type { Queryable } from './database.ts';
import { withDeadline } from './deadline.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { Metrics } from './metrics.ts';

const PROBE_MS = 1_000;

interface HealthDependencies {
  database: Queryable;
  redis: Redis;
  metrics: Metrics;
  lifecycle: Lifecycle;
}

async function probe(check: Promise<unknown>, name: string): Promise<'ok' | 'unavailable'> {
  try {
    await withDeadline(check, PROBE_MS, name);
    return 'ok';
  } catch {
    return 'unavailable';
  }
}

export function healthRoutes({ database, redis, metrics, lifecycle }: HealthDependencies): Router {
  const router = Router();

  router.get('/healthz', (_req, res) => {
    res.json({ status: 'ok' });
  });

  router.get('/readyz', async (_req, res) => {
    if (lifecycle.draining) {
      res.status(503).json({ status: 'draining' });
      return;
    }
    const [postgres, cache] = await Promise.all([
      probe(database.query('SELECT 1'), 'postgres'),
      probe(redis.ping(), 'redis'),
    ]);
    const ready = postgres === 'ok' && cache === 'ok';
    res.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'unavailable', postgres, redis: cache });
  });

  router.get('/metrics', async (_req, res) => {
    res.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });

  return router;
}
