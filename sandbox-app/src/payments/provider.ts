import type { Config } from '../config.ts';
import { orderReference } from '../orders/reference.ts';
import { getJson, postJson } from '../platform/http-client.ts';

export interface ProviderPayment {
  id: string;
  reference: string;
  amount: number;
  currency: string;
  status: 'processing' | 'succeeded' | 'failed';
}

export interface PaymentProvider {
  charge(order: { id: number; totalCents: number; currency: string }): Promise<{ id: string }>;
  payment(id: string): Promise<ProviderPayment>;
}

export function createPaymentProvider({ paymentsUrl }: Pick<Config, 'paymentsUrl'>): PaymentProvider {
  return {
    charge: (order) =>
      postJson<{ id: string }>(`${paymentsUrl}/v1/charges`, {
        headers: { 'idempotency-key': `charge-order-${order.id}` },
        body: { amount: order.totalCents, currency: order.currency, reference: orderReference(order.id) },
      }),
    payment: (id) => getJson<ProviderPayment>(`${paymentsUrl}/v1/payments/${encodeURIComponent(id)}`),
  };
}
