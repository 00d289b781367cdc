import type { Redis } from 'ioredis';
import { createCache } from '../platform/cache.ts';
import type { Queryable } from '../platform/database.ts';
import type { Metrics } from '../platform/metrics.ts';
import { loadProfile } from './load.ts';
import type { Profile } from './profile.ts';

const TTL_SECONDS = 600;

export interface Profiles {
  get(userId: number): Promise<Profile | undefined>;
  forget(userId: number): Promise<void>;
}

/** Profiles are read on every request, so they are kept in Redis for ten minutes. */
export function createProfiles(db: Queryable, redis: Redis, metrics: Metrics): Profiles {
  const cache = createCache<Profile>(redis, metrics, 'profile', TTL_SECONDS);
  return {
    async get(userId) {
      const cached = await cache.get(userId);
      if (cached) return cached;
      const profile = await loadProfile(db, userId);
      if (profile) await cache.set(userId, profile);
      return profile;
    },
    forget: (userId) => cache.remove(userId),
  };
}
