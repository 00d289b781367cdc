import type { PhaseName } from './evidence.ts';
import type { CheckResult, Outcome } from './verdict.ts';

/** What can happen in a run. `at` and `seq` are added when an event is written. */
export type JournalEntry =
  | {
      readonly type: 'run.started';
      readonly scenario: string;
      readonly variant: string;
      readonly size: string;
      readonly seed: number;
      readonly version: string;
    }
  | {
      readonly type: 'service.started';
      readonly service: string;
      readonly provider: string;
      readonly version: string;
      readonly declined: readonly string[];
    }
  | {
      readonly type: 'tracing.started';
      /** Where the app's processes send their traces. */
      readonly endpoint: string;
      /** Whether they are kept with the run; else the endpoint is the user's. */
      readonly kept: boolean;
      /** Of all requests, 0 to 1. */
      readonly share: number;
    }
  | {
      readonly type: 'plans.logged';
      /** The server log with the plans of slow statements. */
      readonly file: string;
      /** As whom the app logs in. */
      readonly role: string;
    }
  | { readonly type: 'app.started'; readonly process: string; readonly pid: number }
  | {
      readonly type: 'app.exited';
      readonly process: string;
      readonly pid: number;
      readonly code: number | null;
      readonly signal: string | null;
      readonly planned: boolean;
    }
  | { readonly type: 'load.calibrated'; readonly ratePerSecond: number; readonly why: string }
  | { readonly type: 'phase.started'; readonly phase: PhaseName | 'survey' | 'warm-up' | 'hold' | 'settle' }
  | { readonly type: 'phase.ended'; readonly phase: PhaseName | 'survey' | 'warm-up' | 'hold' | 'settle' }
  | { readonly type: 'fault.injected'; readonly fault: string; readonly summary: string; readonly receipt: string }
  | { readonly type: 'fault.witnessed'; readonly fault: string; readonly witness: string }
  | { readonly type: 'fault.failed'; readonly fault: string; readonly problem: string }
  | { readonly type: 'fault.undone'; readonly fault: string }
  /** One of the scenario's innocent oddities is there. */
  | { readonly type: 'noise.started'; readonly fault: string; readonly summary: string }
  | { readonly type: 'deploy.started'; readonly deploy: number }
  | {
      readonly type: 'deploy.finished';
      readonly deploy: number;
      readonly seconds: number;
      readonly migrations: readonly string[];
    }
  | { readonly type: 'deploy.failed'; readonly deploy: number; readonly stage: string; readonly problem: string }
  | { readonly type: 'roll-out.started' }
  | {
      readonly type: 'roll-out.ended';
      readonly seconds: number;
      readonly migrations: readonly string[];
      readonly refused?: { readonly stage: string; readonly problem: string };
    }
  | { readonly type: 'hint.taken'; readonly hint: number; readonly cost: number }
  | { readonly type: 'note.added'; readonly text: string }
  | { readonly type: 'sql.run'; readonly kind: 'sql' | 'explain'; readonly statement: string; readonly ok: boolean }
  | { readonly type: 'live.sampled'; readonly sample: LiveSample }
  | { readonly type: 'objectives.changed'; readonly met: boolean; readonly why: string }
  /** Trouble of ours, which no participant has to answer for. */
  | { readonly type: 'harness.troubled'; readonly problem: string }
  | { readonly type: 'submitted' }
  | {
      readonly type: 'judged';
      readonly arm: string;
      readonly outcome: Outcome;
      readonly results: readonly CheckResult[];
      readonly reasons: readonly string[];
    }
  | { readonly type: 'service.lost'; readonly service: string; readonly problem: string }
  | { readonly type: 'run.ended'; readonly why: string };

export type JournalEvent = JournalEntry & {
  readonly seq: number;
  /** RFC 3339, UTC, milliseconds. */
  readonly at: string;
};

/** The figures of the live view, about once per second. */
export interface LiveSample {
  readonly phase: string;
  readonly ratePerSecond: number;
  readonly errorRate: number;
  readonly requests: Readonly<
    Record<
      string,
      {
        readonly rate: number;
        readonly p50: number;
        readonly p95: number;
        readonly p99: number;
        readonly errors: number;
      }
    >
  >;
  readonly dropped: number;
  readonly statementsPerRequest?: number;
  readonly pool?: { readonly total: number; readonly waiting: number };
  readonly cacheHitRate?: number;
  readonly queue?: { readonly waiting: number; readonly active: number; readonly failed: number };
  /** Reads and writes of the app that waited for a lock on a table: the most at once, and the longest, milliseconds. */
  readonly heldUp?: { readonly atOnce: number; readonly longestMs: number };
}

/** Writes events so that an acknowledged one survives a crash: `write` returns after the event is on disk. */
export interface Journal {
  readonly file: string;
  write(entry: JournalEntry): JournalEvent;
  /** Calls back for every event written from now on; returns how to stop. */
  follow(listener: (event: JournalEvent) => void): () => void;
  close(): void;
}
