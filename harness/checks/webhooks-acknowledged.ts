import type { PhaseName } from '../domain/evidence.ts';
import type { Check } from '../domain/verdict.ts';
import { defineCheck, inconclusive, required, verdict } from './define-check.ts';

/**
 * Every delivery that the payment provider tried in the phase was acknowledged in the end, however often it had to try. A delivery that is
 * still being retried at the end of the phase counts as unacknowledged: give the scenario time to settle.
 */
export function webhooksAcknowledged(objective: { readonly during?: PhaseName; readonly name?: string } = {}): Check {
  const { during = 'incident', name = 'webhooks-acknowledged' } = objective;
  return defineCheck({
    name,
    claim: `every webhook of the payment provider is acknowledged by the end of the ${during} phase`,
    judge({ phases }) {
      const { payments } = required(phases[during].ledgers, 'the payment provider’s ledger');
      const acknowledged = new Map<string, boolean>();
      let refused = 0;
      for (const { kind, reference, detail } of payments) {
        if (kind !== 'webhook.delivered' && kind !== 'webhook.failed') continue;
        const delivery = `${reference} ${detail?.event} ${detail?.copy}`;
        acknowledged.set(delivery, kind === 'webhook.delivered' || acknowledged.get(delivery) === true);
        if (kind === 'webhook.failed') refused += 1;
      }
      if (acknowledged.size === 0) inconclusive(`no webhook was delivered in the ${during} phase`);
      const never = [...acknowledged.values()].filter((value) => !value).length;
      return verdict(
        never === 0,
        `${never} of ${acknowledged.size} deliveries were never acknowledged; ${refused} tries were refused or came to nothing`,
        [
          { label: 'never acknowledged', value: never, bound: 0, unit: 'deliveries' },
          { label: 'tries in vain', value: refused, unit: 'tries' },
        ],
      );
    },
  });
}
