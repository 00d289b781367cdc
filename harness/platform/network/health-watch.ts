import { request } from 'node:http';
import type { Address } from './address.ts';

const everyMs = 250;
const timeoutMs = 1_000;
const missesToUnhealthy = 2;

/** Asks one backend regularly whether it is ready. */
export interface HealthWatch {
  /** Resolves after the first answer, or its absence. */
  readonly known: Promise<void>;
  healthy(): boolean;
  /** Reports that a connection could not be made: unhealthy until the next good answer. */
  failed(): void;
  stop(): void;
}

/**
 * Sends `GET /readyz` every 250 ms, never two at a time. Unhealthy at first and after 2 misses in a row, healthy after 1 answer
 * with a 2xx status. No answer within a second is a miss.
 */
export function watchHealth(address: Address): HealthWatch {
  let healthy = false;
  let misses = 0;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  async function probe(): Promise<void> {
    const startedAt = performance.now();
    const ready = await isReady(address);
    misses = ready ? 0 : misses + 1;
    if (ready) healthy = true;
    else if (misses >= missesToUnhealthy) healthy = false;
    if (!stopped) timer = setTimeout(probe, Math.max(0, everyMs - (performance.now() - startedAt)));
  }

  return {
    known: probe(),
    healthy: () => healthy,
    failed: () => {
      healthy = false;
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

function isReady(address: Address): Promise<boolean> {
  return new Promise((resolve) => {
    // A connection of its own each time: what is asked is whether the backend accepts new ones.
    const asked = request({ ...address, path: '/readyz', agent: false, signal: AbortSignal.timeout(timeoutMs) });
    asked.on('response', (response) => {
      response.resume();
      resolve(response.statusCode !== undefined && response.statusCode >= 200 && response.statusCode < 300);
    });
    asked.on('error', () => resolve(false));
    asked.end();
  });
}
