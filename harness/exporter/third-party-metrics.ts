import type { MetricFamily } from '../domain/prometheus-text.ts';
import type { Sandbox } from '../domain/sandbox.ts';
import { family, type Series } from './family.ts';

/** What the third parties' ledgers hold now. They are emptied together with the database. */
export function thirdPartyFamilies({
  payments,
  mail,
  fulfilment,
}: Pick<Sandbox, 'payments' | 'mail' | 'fulfilment'>): readonly MetricFamily[] {
  const entries: Series[] = [];
  const subjects: Series[] = [];
  for (const party of [payments, mail, fulfilment]) {
    const byKind = new Map<string, string[]>();
    for (const { kind, reference } of party.ledger()) {
      const references = byKind.get(kind) ?? [];
      references.push(reference);
      byKind.set(kind, references);
    }
    for (const [kind, references] of byKind) {
      const labels = { party: party.name, kind };
      entries.push([labels, references.length]);
      subjects.push([labels, new Set(references).size]);
    }
  }
  return [
    family('counter', 'gameday_third_party_entries_total', "Entries in the third parties' ledgers", entries),
    family(
      'gauge',
      'gameday_third_party_references',
      'Different orders and payments that these entries are about',
      subjects,
    ),
    family(
      'counter',
      'gameday_third_party_requests_total',
      'Requests the third parties received, whatever came of them',
      [payments, mail, fulfilment].map((party) => [{ party: party.name }, party.received()] as const),
    ),
  ];
}
