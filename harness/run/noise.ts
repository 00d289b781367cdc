import { messageOf } from '../domain/errors.ts';
import type { Fault, Injection } from '../domain/fault.ts';
import type { Journal } from '../domain/journal.ts';
import type { Sandbox } from '../domain/sandbox.ts';

/** The innocent oddities of a scenario, going on. */
export interface Noise {
  /** Ends them, newest first. Idempotent; rejects never. */
  stop(): Promise<void>;
}

/**
 * Starts what is strange and harmless about a scenario. It decides nothing: what can't be started or ended is noted in the journal as trouble of the harness.
 */
export async function startNoise(
  noise: readonly Fault[],
  sandbox: Sandbox,
  journal: Journal,
  signal: AbortSignal,
): Promise<Noise> {
  const going: { readonly name: string; readonly injection: Injection }[] = [];
  for (const fault of noise) {
    try {
      const injection = await fault.inject(sandbox, signal);
      going.push({ name: fault.name, injection });
      journal.write({ type: 'noise.started', fault: fault.name, summary: fault.summary });
    } catch (error) {
      journal.write({ type: 'harness.troubled', problem: `noise ${fault.name}: ${messageOf(error)}` });
    }
  }
  let stopped: Promise<void> | undefined;
  return {
    stop() {
      stopped ??= (async () => {
        for (const { name, injection } of [...going].reverse()) {
          await injection.undo().catch((error: unknown) => {
            journal.write({ type: 'harness.troubled', problem: `noise ${name} went on: ${messageOf(error)}` });
          });
        }
      })();
      return stopped;
    },
  };
}
