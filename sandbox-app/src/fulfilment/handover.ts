import { markOrderFulfilled } from '../orders/queries.ts';
import { orderReference } from '../orders/reference.ts';
import { postJson } from '../platform/http-client.ts';
import type { Services } from '../services.ts';
import { insertShipment } from './queries.ts';
import type { ReleaseJob } from './release-queue.ts';

const EVERY_MS = 1_000;
/** As many shipments as the partner takes in one call. */
const MAX_SHIPMENTS = 100;

export interface Handover {
  add(release: ReleaseJob): void;
  close(): Promise<void>;
}

/**
 * Hands released orders over to the fulfilment partner. Transfers are booked by the hundred when the bank statements are in, so orders are
 * collected and handed over together, once a second.
 */
export function startHandover({
  config,
  database,
  logger,
}: Pick<Services, 'config' | 'database' | 'logger'>): Handover {
  const collected: ReleaseJob[] = [];

  async function requestShipments(releases: ReleaseJob[]): Promise<string[]> {
    const { ids } = await postJson<{ ids: string[] }>(`${config.fulfilmentUrl}/v1/shipments/batch`, {
      body: {
        shipments: releases.map(({ orderId, paymentId }) => ({
          orderReference: orderReference(orderId),
          paymentReference: paymentId,
        })),
      },
    });
    return ids;
  }

  async function handOver(): Promise<void> {
    const releases = collected.splice(0, MAX_SHIPMENTS);
    if (releases.length === 0) return;
    try {
      const partnerRefs = await requestShipments(releases);
      for (const [i, { orderId }] of releases.entries()) {
        await insertShipment(database, orderId, partnerRefs[i]!);
        await markOrderFulfilled(database, orderId);
      }
      logger.debug({ orders: releases.length }, 'orders handed over');
    } catch (error) {
      logger.error({ err: error, orders: releases.map(({ orderId }) => orderId) }, 'handover failed');
    }
  }

  const timer = setInterval(handOver, EVERY_MS);
  return {
    add(release) {
      collected.push(release);
    },
    async close() {
      clearInterval(timer);
      while (collected.length > 0) await handOver();
    },
  };
}
