import type { Fault } from '../domain/fault.ts';
import { injection } from './injection.ts';
import { parametersOf } from './parameters.ts';
import { askParty, type PartyName, partyNames } from './third-party-probe.ts';

/** Longest wait of the witness, milliseconds; a slower answer counts as seen when none comes in this time. */
const PATIENCE_MS = 2_000;

/**
 * A third party does what it is asked but answers late. It replaces whatever misbehaviour this party has.
 * @param options.party which third party
 * @param options.latencyMs added before each answer, milliseconds, 1 to 300000
 * @throws usageError `FAULT_INVALID`
 */
export function thirdPartySlow(options: { readonly party: PartyName; readonly latencyMs: number }): Fault {
  const { party, latencyMs } = options;
  const parameters = parametersOf('third-party-slow');
  parameters.oneOf('party', party, partyNames);
  parameters.number('latencyMs', latencyMs, 1, 300_000);
  return {
    name: 'third-party-slow',
    summary: `The ${party} partner does its work but answers ${latencyMs} ms late.`,
    async inject(sandbox) {
      sandbox[party].behave({ latencyMs });
      return injection({
        receipt: `${party} answers ${latencyMs} ms late`,
        async witness() {
          const answer = await askParty(sandbox, party, PATIENCE_MS);
          if (answer === undefined) return `${party} did not answer within ${PATIENCE_MS} ms`;
          // Timers may fire up to a millisecond early.
          return answer.tookMs >= latencyMs - 1 ? `${party} answered after ${Math.round(answer.tookMs)} ms` : undefined;
        },
        async undo() {
          sandbox[party].behave({});
        },
      });
    },
  };
}
