import type { CompanySize } from './company.ts';
import type { Fault } from './fault.ts';
import type { Check } from './verdict.ts';
import type { RateStage, Workload } from './workload.ts';

export const levels = ['junior', 'mid', 'senior', 'staff'] as const;
export type Level = (typeof levels)[number];

/** A fault on the timeline. Seconds count from the start of the incident. */
export interface TimelineEntry {
  readonly at: number;
  /** How long it stays in force; without it, until the incident ends. */
  readonly lasting?: number;
  readonly fault: Fault;
}

/** A named SQL query that returns the rows that should not exist. */
export interface InvariantQuery {
  readonly name: string;
  /** In words a participant may read. */
  readonly claim: string;
  /** Reads the app's tables, and `ledger (party, at, kind, reference, detail)` with what the third parties have recorded so far. */
  readonly sql: string;
}

/** How one variant of a scenario plays. */
export interface ScenarioPlan {
  readonly workload: Workload;
  /** SQL run as superuser on the fresh database before the app starts (test data the story needs). Optional. */
  readonly setUp?: readonly string[];
  /** Requests sent once, unmeasured, before the load (for example to fill caches as a deployment's warm-up script would). Names of requests and how many draws of each. */
  readonly warmUp?: readonly { readonly request: string; readonly times: number }[];
  /** Seconds of each phase when the incident is played for proof. */
  readonly seconds: { readonly steady: number; readonly incident: number };
  /** Arrival rate during the steady phase as a multiple of the workload's rate. Default 1. */
  readonly steadyTimes?: number;
  /** Arrival rate during the incident, relative to the workload's rate. Default: constant 1. */
  readonly incidentRate?: readonly RateStage[];
  /** Longest wait, in seconds, for queues and webhooks to finish after the incident's load stops, before the last evidence is taken. Default 0. */
  readonly settle?: number;
  readonly timeline: readonly TimelineEntry[];
  /**
   * What is judged is the deploy itself: the app as handed out runs and carries the load, and `at` seconds into the incident the version to be judged takes
   * its place, migrations first. The incident goes on until it has, at most `within` seconds (default 60). Its answers are asked for afterwards, so the
   * workload's GETs have to ask for what the load does not change.
   */
  readonly rollOut?: { readonly at: number; readonly within?: number };
  /** What is strange and harmless, there as long as the load is: the first oddity that somebody finds need not be the cause. */
  readonly noise?: readonly Fault[];
  readonly invariants?: readonly InvariantQuery[];
  /** Must hold in the steady phase, also for the app as it is handed out. */
  readonly steadyState: readonly Check[];
  /** Must hold through the incident: what a repair has to achieve. */
  readonly objectives: readonly Check[];
}

/** What an author writes in `scenario.ts`. */
export interface ScenarioDefinition<V = unknown> {
  readonly title: string;
  /** One line for the list: the symptom, never the cause. */
  readonly summary: string;
  /** What is really wrong, for the authors' catalogue; nobody who plays sees it. */
  readonly failure: string;
  readonly level: Level;
  /** Time a participant has, minutes. */
  readonly minutes: number;
  readonly skills: readonly string[];
  readonly size: CompanySize;
  /** Round-trip delay between app and PostgreSQL / Redis in milliseconds, as in a real network. Default 1 and 0. */
  readonly network?: { readonly postgresMs?: number; readonly redisMs?: number };
  /** At a smaller size the app as handed out meets every objective: the flaw is invisible there. Proven as an arm of its own. */
  readonly harmlessAt?: CompanySize;
  /** Names of objectives whose figures grow with the data in the app as handed out: the axes of the scenario's curve. */
  readonly growsWith?: readonly string[];
  /** The one that is played when none is named. Default: the first of the catalogue is. */
  readonly playedByDefault?: true;
  /** Points a hint costs, first to third, of 100. Default 5, 10, 20. */
  readonly hintCosts?: readonly [number, number, number];
  readonly variants: Readonly<Record<string, V>>;
  plan(variant: V): ScenarioPlan;
}

/** A scenario as the catalogue found it: the definition and its folder. */
export interface Scenario {
  readonly id: string;
  readonly folder: string;
  readonly definition: ScenarioDefinition;
  readonly variants: readonly string[];
}
