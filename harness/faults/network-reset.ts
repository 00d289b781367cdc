import type { Fault } from '../domain/fault.ts';
import { sleep } from '../platform/clock.ts';
import { injection } from './injection.ts';
import { type LinkName, linkNames } from './link-probe.ts';
import { parametersOf } from './parameters.ts';
import { stopSignal } from './stop-signal.ts';

/**
 * Every open connection between app and service breaks with a TCP reset; new ones work.
 * @param options.link which network
 * @param options.everyMs again and again at this distance, milliseconds, 100 to 600000; default: only once
 * @throws usageError `FAULT_INVALID`
 */
export function networkReset({ link, everyMs }: { readonly link: LinkName; readonly everyMs?: number }): Fault {
  const parameters = parametersOf('network-reset');
  parameters.oneOf('link', link, linkNames);
  if (everyMs !== undefined) parameters.number('everyMs', everyMs, 100, 600_000);
  return {
    name: 'network-reset',
    summary: `All connections of the app to ${link} break${everyMs === undefined ? '' : `, again every ${everyMs} ms`}.`,
    async inject(sandbox, signal) {
      const path = sandbox.links[link];
      const { accepted } = await path.stats();
      const cut = await path.reset();
      const { stop, end } = stopSignal(signal);
      const repeat = async (pauseMs: number) => {
        while (!stop.aborted) {
          await sleep(pauseMs, stop);
          await path.reset();
        }
      };
      // Ends by rejecting: stopped, or the network is gone and nothing is left to break.
      const repeating = everyMs === undefined ? undefined : repeat(everyMs).catch(() => {});
      return injection({
        receipt: `${cut} connections to ${link} reset`,
        async witness() {
          const since = (await path.stats()).accepted - accepted;
          return since > 0 ? `The app opened ${since} new connections to ${link} since` : undefined;
        },
        async undo() {
          end();
          await repeating;
        },
      });
    },
  };
}
