import { environmentError } from '../../domain/errors.ts';
import { sleep } from '../../platform/clock.ts';
import { type K6Event, readK6Line } from './k6-output.ts';
import { type K6ProcessOptions, patchStatus, startK6Process } from './k6-process.ts';
import { startGate } from './start-gate.ts';

export interface K6RunOptions extends Pick<K6ProcessOptions, 'program' | 'target' | 'course'> {
  /** As `writeK6Folder` wrote it. */
  readonly folder: string;
  readonly onEvent: (event: K6Event) => void;
}

/** One process of k6, which plays one course of the arrival rate. */
export interface K6Run {
  /** Lets arrivals in; the first has this number. Resolves when they come, or should have. Rejects as `lost`. */
  begin(firstNumber: number): Promise<void>;
  /** Lets no more arrivals in. Those in flight still get their answers. */
  halt(): Promise<void>;
  /** Ends the process, whatever is in flight. Idempotent. */
  end(): Promise<void>;
  /** Rejects with `LOAD_ENGINE_DIED` when the process ends by itself; never resolves. */
  readonly lost: Promise<never>;
}

/** Slow courses have their first arrival later. */
const beginsWithinMs = 2_000;

/** Starts k6 with the workload's script and waits until all its virtual users are there. Rejects with `LOAD_ENGINE_DIED` when it ends before. */
export async function startK6Run({ folder, course, onEvent, ...options }: K6RunOptions): Promise<K6Run> {
  const gate = await startGate();
  let tellBegun: () => void = () => {};
  const begun = new Promise<void>((resolve) => {
    tellBegun = resolve;
  });
  const { address, lost, end } = await startK6Process({
    ...options,
    course,
    folder,
    script: 'script.js',
    systemTags: ['name'],
    env: { GATE: gate.url },
    onLine: (line) => {
      const event = readK6Line(line);
      if (event === undefined) return;
      tellBegun();
      onEvent(event);
    },
  });
  lost.catch(gate.close);
  await Promise.race([gate.reached, lost]);

  return {
    lost,
    async begin(firstNumber) {
      await Promise.race([gate.open(String(firstNumber)), lost]);
      // k6 still wakes every virtual user before the first arrival: 50 ms for 800 of them, more on a busy machine.
      if (course[0]!.from > 0) await Promise.race([begun, sleep(beginsWithinMs), lost]);
      gate.close();
    },
    halt: () => Promise.race([addIdleUser(address), lost]),
    async end() {
      gate.close();
      await end();
    },
  };
}

/** See workload-script.ts for what that means. */
async function addIdleUser(address: string): Promise<void> {
  const refusal = await patchStatus(address, { vus: 0, 'vus-max': 2 });
  if (refusal !== undefined) throw environmentError('LOAD_ENGINE_DIED', `k6 could not be halted: ${refusal}`);
}
