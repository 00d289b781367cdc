import type { Queryable } from '../platform/database.ts';
import type { PageRequest } from '../platform/validation.ts';

export interface Payment {
  id: number;
  providerPaymentId: string;
  amountCents: number;
  currency: string;
  receivedAt: Date;
}

const COLUMNS = `id, provider_payment_id AS "providerPaymentId", amount_cents AS "amountCents", currency,
                 received_at AS "receivedAt"`;

export async function listPayments(db: Queryable, orderId: number, page: PageRequest): Promise<Payment[]> {
  return db.query<Payment>(`SELECT ${COLUMNS} FROM payments WHERE order_id = $1 AND id > $2 ORDER BY id LIMIT $3`, [
    orderId,
    page.after ?? 0,
    page.limit,
  ]);
}

export async function latestPayment(db: Queryable, orderId: number) {
  const [payment] = await db.query<Payment>(
    `SELECT ${COLUMNS} FROM payments WHERE order_id = $1 ORDER BY id DESC LIMIT 1`,
    [orderId],
  );
  return payment;
}

export type NewPayment = Pick<Payment, 'providerPaymentId' | 'amountCents' | 'currency'> & { orderId: number };

export async function insertPayment(db: Queryable, payment: NewPayment): Promise<void> {
  await db.query(
    'INSERT INTO payments (order_id, provider_payment_id, amount_cents, currency) VALUES ($1, $2, $3, $4)',
    [payment.orderId, payment.providerPaymentId, payment.amountCents, payment.currency],
  );
}

export async function creditAccount(db: Queryable, accountId: number, amountCents: number): Promise<void> {
  await db.query('UPDATE accounts SET balance_cents = balance_cents + $2 WHERE id = $1', [accountId, amountCents]);
}
