import { request } from 'undici';
import type { Fault } from '../domain/fault.ts';
import { injection } from './injection.ts';
import { parametersOf } from './parameters.ts';
import { readRows } from './read-rows.ts';

/** Longest wait of the witness for an answer, milliseconds. */
const PATIENCE_MS = 2_000;

/**
 * The fulfilment partner refuses some orders for good: nobody delivers where they should go.
 * @param options.sql read-only query for the `id`s of the orders
 * @throws usageError `FAULT_INVALID`; environmentError `TOO_FEW_RECORDS` on injection when the query has no row
 */
export function undeliverableOrders({ sql }: { readonly sql: string }): Fault {
  parametersOf('undeliverable-orders').matching('sql', sql, /\bselect\b/i, 'Give a SELECT of the ids of orders.');
  return {
    name: 'undeliverable-orders',
    summary: 'The fulfilment partner refuses some orders for good, because they cannot be delivered.',
    async inject(sandbox) {
      const rows = await readRows<{ id: number | string }>(sandbox, 'undeliverable-orders', sql, 1);
      const references = rows.map(({ id }) => `order_${id}`);
      sandbox.fulfilment.refuse(references);
      return injection({
        receipt: `${references.length} orders cannot be delivered`,
        async witness() {
          const url = `${sandbox.fulfilment.url}/v1/destinations/${references[0]}`;
          const answer = await request(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
          const { deliverable } = (await answer.body.json()) as { deliverable?: boolean };
          return deliverable === false ? `The partner says that it cannot deliver ${references[0]}` : undefined;
        },
        async undo() {
          sandbox.fulfilment.refuse([]);
        },
      });
    },
  };
}
