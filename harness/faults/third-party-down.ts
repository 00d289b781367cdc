import type { Fault } from '../domain/fault.ts';
import { injection } from './injection.ts';
import { parametersOf } from './parameters.ts';
import { askParty, type PartyName, partyNames } from './third-party-probe.ts';

/** Questions the witness asks before it gives up on seeing a failure. */
const QUESTIONS = 20;

/**
 * A third party fails requests without doing anything. It replaces whatever misbehaviour this party has.
 * @param options.party which third party
 * @param options.status the HTTP status of a failure, 400 to 599 but not 404; default 503
 * @param options.share share of the requests that fail, above 0 and up to 1; default 1
 * @throws usageError `FAULT_INVALID`
 */
export function thirdPartyDown(options: {
  readonly party: PartyName;
  readonly status?: number;
  readonly share?: number;
}): Fault {
  const { party, status = 503, share = 1 } = options;
  const parameters = parametersOf('third-party-down');
  parameters.oneOf('party', party, partyNames);
  // 404 is what the witness's question gets from a healthy partner.
  parameters.matching('status', String(status), /^(?!404)[45]\d\d$/, 'Give a status from 400 to 599 other than 404.');
  parameters.number('share', share, 0.01, 1);
  return {
    name: 'third-party-down',
    summary: `The ${party} partner answers ${Math.round(share * 100)} % of requests with ${status}.`,
    async inject(sandbox) {
      sandbox[party].behave({ failing: share, status });
      return injection({
        receipt: `${party} fails ${Math.round(share * 100)} % of requests with ${status}`,
        async witness() {
          for (let asked = 1; asked <= QUESTIONS; asked++) {
            const answer = await askParty(sandbox, party, 1_000);
            if (answer?.status === status) return `${party} answered ${status} to question ${asked}`;
          }
          return undefined;
        },
        async undo() {
          sandbox[party].behave({});
        },
      });
    },
  };
}
