import { messageOf } from '../domain/errors.ts';
import type { FaultRecord } from '../domain/evidence.ts';
import type { Injection } from '../domain/fault.ts';
import type { Journal } from '../domain/journal.ts';
import type { Sandbox } from '../domain/sandbox.ts';
import type { TimelineEntry } from '../domain/scenario.ts';
import { sleep } from '../platform/clock.ts';

/** A timeline being played. */
export interface Direction {
  /** Resolves when every fault due at second 0 is in force (or has failed to be). */
  readonly opened: Promise<void>;
  /** Ends the timeline: waits for pending witnesses (not after an abort), takes every fault back, newest first, and tells what happened. Idempotent. */
  close(): Promise<readonly FaultRecord[]>;
}

interface InForce {
  readonly record: Mutable<FaultRecord>;
  readonly injection: Injection;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** How long a witness may take to see a fault that is in force, milliseconds. */
const witnessPatienceMs = 5_000;

/**
 * Plays a timeline against a sandbox from now on and owns every undo: whatever was injected is taken back by `close`, also after an abort.
 * A fault that can't be injected is recorded with its problem and does not stop the others.
 */
export function directTimeline(
  timeline: readonly TimelineEntry[],
  sandbox: Sandbox,
  journal: Journal,
  signal: AbortSignal,
): Direction {
  const ending = new AbortController();
  const stop = AbortSignal.any([signal, ending.signal]);
  const records: Mutable<FaultRecord>[] = [];
  const inForce: InForce[] = [];

  async function play(entry: TimelineEntry): Promise<void> {
    if (entry.at > 0) await sleep(entry.at * 1_000, stop);
    await inject(entry);
  }

  async function inject({ fault, lasting }: TimelineEntry): Promise<void> {
    const record: Mutable<FaultRecord> = { name: fault.name, summary: fault.summary, injectedAt: Date.now() };
    records.push(record);
    try {
      const injection = await fault.inject(sandbox, stop);
      const active = { record, injection };
      inForce.push(active);
      record.receipt = injection.receipt;
      journal.write({ type: 'fault.injected', fault: fault.name, summary: fault.summary, receipt: injection.receipt });
      follow(active, lasting);
    } catch (error) {
      record.problem = messageOf(error);
      journal.write({ type: 'fault.failed', fault: fault.name, problem: record.problem });
    }
  }

  const followers: Promise<void>[] = [];
  function follow(active: InForce, lasting: number | undefined): void {
    const until = lasting === undefined ? undefined : sleep(lasting * 1_000, stop).catch(() => {});
    followers.push(
      (async () => {
        await witness(active);
        if (until === undefined) return;
        await until;
        await undo(active);
      })(),
    );
  }

  async function witness({ record, injection }: InForce): Promise<void> {
    const deadline = Date.now() + witnessPatienceMs;
    do {
      const seen = await injection.witness().catch(() => undefined);
      if (seen !== undefined) {
        record.witness = seen;
        journal.write({ type: 'fault.witnessed', fault: record.name, witness: seen });
        return;
      }
      await sleep(100);
    } while (Date.now() < deadline && !signal.aborted);
  }

  async function undo(active: InForce): Promise<void> {
    const index = inForce.indexOf(active);
    if (index < 0) return;
    inForce.splice(index, 1);
    const { record, injection } = active;
    record.findings = injection.findings?.();
    try {
      await injection.undo();
      record.undoneAt = Date.now();
      journal.write({ type: 'fault.undone', fault: record.name });
    } catch (error) {
      record.problem = `not undone: ${messageOf(error)}`;
      journal.write({ type: 'fault.failed', fault: record.name, problem: record.problem });
    }
  }

  const opening = timeline.filter((entry) => entry.at === 0);
  const later = timeline.filter((entry) => entry.at > 0);
  const opened = Promise.all(opening.map(play)).then(() => {});
  // An abort while an entry is still waiting for its second is the normal way to end; nothing was injected then.
  const playing = opened.then(() => Promise.all(later.map((entry) => play(entry).catch(() => {}))));

  let closed: Promise<readonly FaultRecord[]> | undefined;
  return {
    opened,
    close() {
      closed ??= (async () => {
        ending.abort(new Error('the timeline has ended'));
        await playing;
        await Promise.all(followers);
        for (const active of [...inForce].reverse()) await undo(active);
        return records;
      })();
      return closed;
    },
  };
}
