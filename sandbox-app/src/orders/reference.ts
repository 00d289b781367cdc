const REFERENCE = /^order_([1-9]\d{0,15})$/;

/** How partners know an order. */
export const orderReference = (orderId: number): string => `order_${orderId}`;

export function parseOrderReference(reference: string): number | undefined {
  const digits = REFERENCE.exec(reference)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
