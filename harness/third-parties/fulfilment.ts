import { z } from 'zod';
import { seededRandom } from '../domain/random.ts';
import type { FulfilmentPartner } from '../domain/sandbox.ts';
import type { Answer } from './answer.ts';
import { newId, refusal, startProviderServer, whenValid } from './provider-server.ts';

const shipmentSchema = z.object({ orderReference: z.string().min(1), paymentReference: z.string().min(1) });
const batchSchema = z.object({ shipments: z.array(shipmentSchema).min(1).max(100) });

type Shipment = z.infer<typeof shipmentSchema>;

const referencesIn = (...shipments: readonly (Shipment | undefined)[]) =>
  shipments.flatMap((shipment) => shipment?.paymentReference ?? []);

/**
 * Starts the fulfilment partner: `POST /v1/shipments {orderReference, paymentReference}` → 201 `{id}`, and
 * `POST /v1/shipments/batch {shipments: […]}` → 201 `{ids}`, for all of them or none. An order that cannot be delivered is refused with 422, which
 * `GET /v1/destinations/:orderReference` → 200 `{deliverable}` tells without asking for a shipment.
 *
 * Its ledger holds one `shipment` per accepted shipment and one `refused` per refused one under the payment reference, and one `replay` per repeated
 * idempotency key. Each call that asks for shipments, answered or not, is a `call` there when it ends.
 * @param options.seed seed of the draws that decide which requests fail; default 1
 */
export async function startFulfilmentPartner({
  seed = 1,
}: {
  readonly seed?: number;
} = {}): Promise<FulfilmentPartner> {
  let undeliverable: ReadonlySet<string> = new Set();

  /** Accepts all of these or none. */
  const ship = (shipments: readonly Shipment[], answer: (ids: readonly string[]) => Answer): Answer => {
    const refused = shipments.filter(({ orderReference }) => undeliverable.has(orderReference));
    for (const { orderReference, paymentReference } of refused)
      server.record('refused', paymentReference, { order: orderReference });
    if (refused[0]) return refusal(422, 'undeliverable', `${refused[0].orderReference} cannot be delivered`);
    return answer(
      shipments.map(({ orderReference, paymentReference }) => {
        const id = newId('shp');
        server.record('shipment', paymentReference, { id, order: orderReference });
        return id;
      }),
    );
  };

  const server = await startProviderServer({
    random: seededRandom(seed, 'fulfilment'),
    endpoints: [
      {
        method: 'POST',
        path: /^\/v1\/shipments$/,
        about: (body) => referencesIn(shipmentSchema.safeParse(body).data),
        answer: ({ body }) =>
          whenValid(shipmentSchema, body, (shipment) =>
            ship([shipment], ([id]) => ({ status: 201, body: { id }, reference: shipment.paymentReference })),
          ),
      },
      {
        method: 'POST',
        path: /^\/v1\/shipments\/batch$/,
        about: (body) => referencesIn(...(batchSchema.safeParse(body).data?.shipments ?? [])),
        answer: ({ body }) =>
          whenValid(batchSchema, body, ({ shipments }) =>
            ship(shipments, (ids) => ({ status: 201, body: { ids }, reference: shipments[0]!.paymentReference })),
          ),
      },
      {
        method: 'GET',
        path: /^\/v1\/destinations\/([^/]+)$/,
        answer: ({ id }) => ({ status: 200, body: { deliverable: !undeliverable.has(id) } }),
      },
    ],
  });
  const { record: _, ...party } = server;
  return {
    name: 'fulfilment',
    ...party,
    refuse(orderReferences) {
      undeliverable = new Set(orderReferences);
    },
    reset() {
      undeliverable = new Set();
      server.reset();
    },
  };
}
