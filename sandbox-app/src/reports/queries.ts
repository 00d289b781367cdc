import type { Queryable } from '../platform/database.ts';

export interface UsageByDay {
  metric: string;
  day: string;
  events: number;
  quantity: number;
}

export interface Period {
  from: Date;
  to: Date;
}

export async function usageByDay(db: Queryable, accountId: number, { from, to }: Period): Promise<UsageByDay[]> {
  return db.query<UsageByDay>(
    `SELECT metric, to_char(occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day,
            count(*) AS events, sum(quantity)::bigint AS quantity
     FROM usage_events
     WHERE account_id = $1 AND occurred_at >= $2 AND occurred_at < $3
     GROUP BY 1, 2
     ORDER BY 1, 2`,
    [accountId, from, to],
  );
}

export interface NewUsage {
  metric: string;
  quantity: number;
  occurredAt?: Date | undefined;
}

export async function insertUsage(db: Queryable, accountId: number, { metric, quantity, occurredAt }: NewUsage) {
  const [event] = await db.query<{ id: number; metric: string; quantity: number; occurredAt: Date }>(
    `INSERT INTO usage_events (account_id, metric, quantity, occurred_at)
     VALUES ($1, $2, $3, coalesce($4, now()))
     RETURNING id, metric, quantity, occurred_at AS "occurredAt"`,
    [accountId, metric, quantity, occurredAt],
  );
  return event;
}

export interface ExportedOrder {
  number: string;
  status: string;
  buyer: string;
  currency: string;
  totalCents: number;
  notes: string;
  createdAt: Date;
  paidAt: Date | null;
}

export async function listOrdersForExport(db: Queryable, accountId: number): Promise<ExportedOrder[]> {
  return db.query<ExportedOrder>(
    `SELECT o.number, o.status, u.name AS buyer, o.currency, o.total_cents AS "totalCents", o.notes,
            o.created_at AS "createdAt", o.paid_at AS "paidAt"
     FROM orders o
     JOIN users u ON u.id = o.placed_by
     WHERE o.account_id = $1
     ORDER BY o.id`,
    [accountId],
  );
}
