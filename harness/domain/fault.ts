import type { Sandbox } from './sandbox.ts';

/** A fault in force. */
export interface Injection {
  /** What was done, with figures, for the journal. */
  readonly receipt: string;
  /** Asks an independent observer (never the injector itself) whether the fault is really in force; a sentence if so, else undefined. */
  witness(): Promise<string | undefined>;
  /** What was measured while in force, by name: milliseconds, with -1 for "never", or counts. */
  findings?(): Readonly<Record<string, readonly number[]>>;
  /** Takes the fault back. Idempotent, bounded, and safe when what it acted on is gone. */
  undo(): Promise<void>;
}

/** One thing that goes wrong. No fault without its undo. */
export interface Fault {
  /** Kebab-case, for example `redis-flush`. */
  readonly name: string;
  /** What a facilitator reads, with parameters and units. */
  readonly summary: string;
  inject(sandbox: Sandbox, signal: AbortSignal): Promise<Injection>;
}
