import type { Config } from '../config.ts';
import { orderReference } from '../orders/reference.ts';
import { postJson } from '../platform/http-client.ts';

/** Asks the fulfilment partner to ship an order and returns the partner's shipment id. */
export async function requestShipment(
  { fulfilmentUrl }: Pick<Config, 'fulfilmentUrl'>,
  orderId: number,
  paymentReference: string,
): Promise<string> {
  const shipment = await postJson<{ id: string }>(`${fulfilmentUrl}/v1/shipments`, {
    body: { orderReference: orderReference(orderId), paymentReference },
  });
  return shipment.id;
}
