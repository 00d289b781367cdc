import { z } from 'zod';
import { seededRandom } from '../domain/random.ts';
import type { ThirdParty } from '../domain/sandbox.ts';
import { newId, startProviderServer, whenValid } from './provider-server.ts';

const shipmentSchema = z.object({ orderReference: z.string().min(1), paymentReference: z.string().min(1) });

/**
 * Starts the fulfilment partner: `POST /v1/shipments {orderReference, paymentReference}` → 201 `{id}`.
 * Its ledger holds one `shipment` per accepted shipment under the payment reference, and one `replay` per repeated idempotency key.
 * @param options.seed seed of the draws that decide which requests fail; default 1
 */
export async function startFulfilmentPartner({ seed = 1 }: { readonly seed?: number } = {}): Promise<ThirdParty> {
  const server = await startProviderServer({
    random: seededRandom(seed, 'fulfilment'),
    endpoints: [
      {
        method: 'POST',
        path: /^\/v1\/shipments$/,
        answer: ({ body }) =>
          whenValid(shipmentSchema, body, ({ orderReference, paymentReference }) => {
            const id = newId('shp');
            server.record('shipment', paymentReference, { id, order: orderReference });
            return { status: 201, body: { id }, reference: paymentReference };
          }),
      },
    ],
  });
  const { record: _, ...party } = server;
  return { name: 'fulfilment', ...party };
}
