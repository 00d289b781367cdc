import type { Fault } from '../domain/fault.ts';
import { injection } from './injection.ts';
import { type LinkName, linkNames, roundTripMs } from './link-probe.ts';
import { parametersOf } from './parameters.ts';

/**
 * The network between app and service gets slower: every answer is delayed by `ms` more than before.
 * @param options.link which network
 * @param options.ms added delay, milliseconds, 1 to 60000
 * @throws usageError `FAULT_INVALID`
 */
export function networkLatency({ link, ms }: { readonly link: LinkName; readonly ms: number }): Fault {
  const parameters = parametersOf('network-latency');
  parameters.oneOf('link', link, linkNames);
  parameters.number('ms', ms, 1, 60_000);
  return {
    name: 'network-latency',
    summary: `Every answer of ${link} takes ${ms} ms longer on the way to the app.`,
    async inject(sandbox) {
      const path = sandbox.links[link];
      const { latencyMs } = await path.stats();
      await path.setLatency(latencyMs + ms);
      return injection({
        receipt: `Delay of ${link}'s answers raised from ${latencyMs} to ${latencyMs + ms} ms`,
        async witness() {
          const past = await roundTripMs(sandbox, link, 'past');
          const through = await roundTripMs(sandbox, link, 'through', 3 * (latencyMs + ms) + 3_000);
          if (through - past < ms / 2) return undefined;
          return `A round trip to ${link} takes ${through.toFixed(1)} ms through the network, ${past.toFixed(1)} ms past it`;
        },
        async undo() {
          // Relative, so that another latency fault on the same link keeps its share.
          const now = await path.stats();
          await path.setLatency(Math.max(0, now.latencyMs - ms));
        },
      });
    },
  };
}
