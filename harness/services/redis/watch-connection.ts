import { Redis } from 'ioredis';

/** A connection that is only there to notice when the server goes away. */
export interface ConnectionWatch {
  readonly redis: Redis;
  /** Resolves with the reason when the connection ends by itself. */
  readonly lost: Promise<string>;
  close(): void;
}

/** Opens the connection. Rejects when the server does not answer. */
export async function watchConnection(url: string): Promise<ConnectionWatch> {
  const redis = new Redis(url, { retryStrategy: () => null, lazyConnect: true });
  let closing = false;
  const lost = new Promise<string>((resolve) => {
    redis.on('error', () => {});
    redis.on('end', () => closing || resolve('the connection ended'));
  });
  await redis.connect();
  return {
    redis,
    lost,
    close() {
      closing = true;
      redis.disconnect();
    },
  };
}
