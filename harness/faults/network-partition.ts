import type { Fault } from '../domain/fault.ts';
import { injection } from './injection.ts';
import { type LinkName, linkNames, roundTripMs } from './link-probe.ts';
import { parametersOf } from './parameters.ts';

/** How long the witness waits for an answer that must not come, milliseconds. */
const SILENCE_MS = 500;

/**
 * Nothing passes between app and service any more, and nobody is told: connections hang, as when packets are dropped.
 * @param options.link which network
 * @throws usageError `FAULT_INVALID`
 */
export function networkPartition({ link }: { readonly link: LinkName }): Fault {
  parametersOf('network-partition').oneOf('link', link, linkNames);
  return {
    name: 'network-partition',
    summary: `The app and ${link} can't reach each other; connections hang.`,
    async inject(sandbox) {
      const path = sandbox.links[link];
      await path.setPartitioned(true);
      return injection({
        receipt: `Link to ${link} cut with ${(await path.stats()).open} connections open`,
        async witness() {
          const past = await roundTripMs(sandbox, link, 'past');
          const answered = await roundTripMs(sandbox, link, 'through', SILENCE_MS).then(
            () => true,
            () => false,
          );
          if (answered) return undefined;
          return `${link} answers in ${past.toFixed(1)} ms past the network and not within ${SILENCE_MS} ms through it`;
        },
        undo: () => path.setPartitioned(false),
      });
    },
  };
}
