import type { Fault } from '../domain/fault.ts';
import { injection } from './injection.ts';
import { parametersOf } from './parameters.ts';
import { askParty, type PartyName, partyNames } from './third-party-probe.ts';

/** How long the witness waits for an answer that must not come, milliseconds. */
const SILENCE_MS = 1_000;

/**
 * A third party accepts requests and never answers, and does nothing. It replaces whatever misbehaviour this party has; when it ends, the
 * connections that still wait are dropped.
 * @param options.party which third party
 * @throws usageError `FAULT_INVALID`
 */
export function thirdPartyHangs({ party }: { readonly party: PartyName }): Fault {
  parametersOf('third-party-hangs').oneOf('party', party, partyNames);
  return {
    name: 'third-party-hangs',
    summary: `The ${party} partner accepts requests and never answers.`,
    async inject(sandbox) {
      sandbox[party].behave({ hang: true });
      return injection({
        receipt: `${party} no longer answers`,
        async witness() {
          const answer = await askParty(sandbox, party, SILENCE_MS);
          return answer === undefined
            ? `${party} accepted a request and did not answer within ${SILENCE_MS} ms`
            : undefined;
        },
        async undo() {
          sandbox[party].behave({});
        },
      });
    },
  };
}
