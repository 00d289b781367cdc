import type { PhaseName } from '../domain/evidence.ts';
import type { Check } from '../domain/verdict.ts';
import { defineCheck, inconclusive, required, verdict } from './define-check.ts';
import { unlessContended } from './unless-contended.ts';

/**
 * Every delivery that the payment provider tried in the phase was acknowledged in the end, however often it had to try. A delivery that is
 * still being retried at the end of the phase counts as unacknowledged: give the scenario time to settle. Where each of them got no answer in time at
 * its last try, the failure is one of time: see `unlessContended`.
 */
export function webhooksAcknowledged(objective: { readonly during?: PhaseName; readonly name?: string } = {}): Check {
  const { during = 'incident', name = 'webhooks-acknowledged' } = objective;
  return defineCheck({
    name,
    claim: `every webhook of the payment provider is acknowledged by the end of the ${during} phase`,
    judge(evidence) {
      const { payments } = required(evidence.phases[during].ledgers, 'the payment provider’s ledger');
      const deliveries = new Map<string, 'acknowledged' | 'timed out' | 'refused'>();
      let refused = 0;
      for (const { kind, reference, detail } of payments) {
        if (kind !== 'webhook.delivered' && kind !== 'webhook.failed') continue;
        const delivery = `${reference} ${detail?.event} ${detail?.copy}`;
        if (kind === 'webhook.delivered') deliveries.set(delivery, 'acknowledged');
        else if (deliveries.get(delivery) !== 'acknowledged')
          deliveries.set(delivery, detail?.reason === 'timeout' ? 'timed out' : 'refused');
        if (kind === 'webhook.failed') refused += 1;
      }
      if (deliveries.size === 0) inconclusive(`no webhook was delivered in the ${during} phase`);
      const ends = [...deliveries.values()];
      const never = ends.filter((end) => end !== 'acknowledged').length;
      const measured = verdict(
        never === 0,
        `${never} of ${deliveries.size} deliveries were never acknowledged; ${refused} tries were refused or came to nothing`,
        [
          { label: 'never acknowledged', value: never, bound: 0, unit: 'deliveries' },
          { label: 'tries in vain', value: refused, unit: 'tries' },
        ],
      );
      return ends.includes('refused') ? measured : unlessContended(evidence, during, measured);
    },
  });
}
