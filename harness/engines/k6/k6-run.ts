import { environmentError } from '../../domain/errors.ts';
import { sleep } from '../../platform/clock.ts';
import { freePort } from '../../platform/ports.ts';
import { startProcess } from '../../platform/processes.ts';
import type { Course } from './arrival-executor.ts';
import { type K6Event, readK6Line } from './k6-output.ts';
import type { K6Program } from './k6-program.ts';
import { startGate } from './start-gate.ts';

export interface K6RunOptions {
  readonly program: K6Program;
  /** As `writeK6Folder` wrote it. */
  readonly folder: string;
  readonly target: URL;
  readonly course: Course;
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

const endGraceMs = 1_000;
/** Slow courses have their first arrival later. */
const beginsWithinMs = 2_000;

/** Starts k6 and waits until all its virtual users are there. Rejects with `LOAD_ENGINE_DIED` when it ends before. */
export async function startK6Run({ program, folder, target, course, onEvent }: K6RunOptions): Promise<K6Run> {
  const [gate, port] = await Promise.all([startGate(), freePort()]);
  const address = `127.0.0.1:${port}`;
  const options = ['--quiet', '--summary-mode=disabled', '--no-usage-report', '--address', address];
  const args = ['run', ...options, '--system-tags', 'name', '--out', 'json=-', 'script.js'];
  const env = {
    BASE_URL: target.href.replace(/\/$/, ''),
    COURSE: JSON.stringify(course),
    GATE: gate.url,
    K6_NO_COLOR: 'true',
  };
  const spec = { name: 'k6', cwd: folder, ...program.command(folder, args, env) };
  const running = startProcess({
    ...spec,
    onLine: (line, stream) => {
      const event = stream === 'stdout' ? readK6Line(line) : undefined;
      if (event === undefined) return;
      tellBegun();
      onEvent(event);
    },
  });

  let ended = false;
  let tellBegun: () => void = () => {};
  const begun = new Promise<void>((resolve) => {
    tellBegun = resolve;
  });
  const lost = running.exited.then(({ code, signal }): never | Promise<never> => {
    gate.close();
    if (ended) return new Promise<never>(() => {});
    throw environmentError(
      'LOAD_ENGINE_DIED',
      `k6 ended by itself (${signal ?? `exit code ${code}`}): ${running.tail().trim()}`,
    );
  });
  lost.catch(() => {});
  await Promise.race([gate.reached, lost]);

  return {
    lost,
    async begin(firstNumber) {
      await Promise.race([gate.open(String(firstNumber)), lost]);
      // k6 still wakes every virtual user before the first arrival: 50 ms for 800 of them, more on a busy machine.
      if (course[0]!.from > 0) await Promise.race([begun, sleep(beginsWithinMs), lost]);
    },
    halt: () => Promise.race([addIdleUser(address), lost]),
    async end() {
      ended = true;
      await running.stop({ graceMs: endGraceMs });
    },
  };
}

/** See workload-script.ts for what that means. */
async function addIdleUser(address: string): Promise<void> {
  const attributes = { vus: 0, 'vus-max': 2 };
  const response = await fetch(`http://${address}/v1/status`, {
    method: 'PATCH',
    body: JSON.stringify({ data: { type: 'status', id: 'default', attributes } }),
  });
  const said = await response.text();
  if (!response.ok) throw environmentError('LOAD_ENGINE_DIED', `k6 could not be halted: ${said}`);
}
