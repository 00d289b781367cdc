import type { CompanySize } from './company.ts';
import type { Harm } from './harm.ts';
import type { CheckResult, Outcome } from './verdict.ts';

/** The judgement over one version of the app: the checks, and why it is inconclusive if it is. */
export interface Judgement {
  readonly outcome: Outcome;
  readonly results: readonly CheckResult[];
  /** Why the measurement as a whole can't be trusted (saturated load, a fault nobody saw, …). Non-empty means inconclusive. */
  readonly reasons: readonly string[];
}

export interface DeployResult {
  readonly deploy: number;
  readonly ok: boolean;
  readonly seconds: number;
  readonly migrations: readonly string[];
  /** When not ok: which stage refused (`build`, `migrate`, `health`) and what it said. The old version keeps serving. */
  readonly stage?: 'build' | 'migrate' | 'health';
  readonly problem?: string;
  /** What callers came to harm so far; absent where no load is watched. */
  readonly harm?: Harm;
}

export interface QueryResult {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | boolean | null)[])[];
  /** Whether rows were cut off at the limit. */
  readonly truncated: boolean;
}

/** What the running game day looks like now; everything else is in its journal. */
export interface GameDayState {
  readonly run: string;
  readonly scenario: string;
  readonly title: string;
  readonly variant: string;
  readonly size: CompanySize;
  readonly stage: 'booting' | 'steady' | 'incident' | 'hold' | 'ended';
  readonly startedAt: string;
  /** When the scenario's time is up. */
  readonly endsAt: string;
  readonly workspace: string;
  readonly entryUrl: string;
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly hintsTaken: number;
  readonly hintsLeft: number;
  readonly nextHintCost: number | undefined;
  readonly deploys: number;
  readonly objectives: readonly { readonly check: string; readonly claim: string }[];
  readonly judgement?: Judgement;
}

/** What a participant can do in a running game day, from any terminal or a console. Refusals are GamedayErrors. */
export interface GameDay {
  state(): GameDayState;
  /** Builds the workspace, applies its new migrations, rolls the replicas under load. A refusal at any stage leaves the old version serving. */
  deploy(): Promise<DeployResult>;
  /** Reveals the next hint and what it cost. */
  hint(): Promise<{ readonly number: number; readonly cost: number; readonly text: string }>;
  note(text: string): Promise<void>;
  /** Runs one read-only statement. */
  sql(statement: string): Promise<QueryResult>;
  /** EXPLAIN (ANALYZE, BUFFERS) of one query in a read-only transaction that is rolled back. */
  explain(query: string): Promise<{ readonly plan: string }>;
  /** Plays the incident again on the workspace's code with a fresh database and judges it. Ends the game day. */
  submit(): Promise<Judgement>;
  /** Ends without submitting. Idempotent. */
  end(why: string): Promise<void>;
}
