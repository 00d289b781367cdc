/** What a meter read, or why it has nothing to say. A check that needs an absent reading is inconclusive. */
export type Reading<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };

export type PhaseName = 'steady' | 'incident';

/** Latencies in milliseconds, from the intended start of each request. */
export interface Latencies {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

export interface RequestFigures extends Latencies {
  readonly ok: number;
  readonly errors: Readonly<Record<string, number>>;
}

/** What the load engine saw, seen from outside the app. */
export interface LoadReading {
  readonly seconds: number;
  readonly intended: number;
  readonly dropped: number;
  readonly exhausted: number;
  readonly sendLatenessP99Ms: number;
  readonly requests: Readonly<Record<string, RequestFigures>>;
  readonly all: RequestFigures;
  /** Distinct rows drawn from each pool during the phase. */
  readonly distinctRows: Readonly<Record<string, number>>;
  /** The same one moment after the other, about a second each. Absent where only the whole was asked for. */
  readonly moments?: readonly LoadMoment[];
}

/** What was seen from one moment to the next, epoch milliseconds, by request; a request that nobody was answered in it has no p95. */
export interface LoadMoment {
  readonly from: number;
  readonly to: number;
  readonly requests: Readonly<Record<string, { readonly p95?: number; readonly failed: number }>>;
}

/** One normalised statement of the app's database role (pg_stat_statements, the difference over the phase). */
export interface StatementFigures {
  readonly query: string;
  readonly calls: number;
  readonly rows: number;
  /** Shared buffers hit and read: 8 KiB pages looked at. */
  readonly buffers: number;
  readonly execMs: number;
}

export interface StatementsReading {
  readonly statements: readonly StatementFigures[];
  readonly calls: number;
  readonly rows: number;
  readonly buffers: number;
}

/** Scans of one table (pg_stat_user_tables, the difference over the phase). */
export interface TableFigures {
  readonly table: string;
  /** Rows in the table at the end of the phase, as the statistics collector estimates. */
  readonly liveRows: number;
  readonly seqScans: number;
  readonly seqRowsRead: number;
  readonly indexScans: number;
  readonly indexRowsRead: number;
}

/** Reads and writes of the app that waited for a lock on a table, sampled. */
export interface HeldUpReading {
  /** How long each of those seen waiting had waited when last seen, in milliseconds, longest first. */
  readonly waitsMs: readonly number[];
  /** The most that waited at one moment. */
  readonly atOnce: number;
}

/** pg_stat_activity of the app's role, sampled. */
export interface ActivityReading {
  readonly samples: number;
  readonly maxActive: number;
  readonly maxIdleInTransaction: number;
  readonly maxWaitingForLock: number;
  /** Statements that read or write and have to wait for a lock on a whole table, which only changes of the schema and explicit locks bring about. */
  readonly heldUp?: HeldUpReading;
  /** Samples of active backends per wait event (`Lock:transactionid`, `LWLock:…`, `cpu` when not waiting). */
  readonly waits: Readonly<Record<string, number>>;
}

/** One plan that auto_explain wrote to the server's log. */
export interface PlanSeen {
  readonly query: string;
  readonly durationMs: number;
  /** EXPLAIN text. */
  readonly plan: string;
  /** The trace that the statement was part of, where its request was traced. */
  readonly traceId?: string;
}

export interface RedisReading {
  readonly hits: number;
  readonly misses: number;
  readonly expired: number;
  readonly commands: Readonly<Record<string, number>>;
  readonly keys: number;
  readonly usedMemoryBytes: number;
}

export interface QueueFigures {
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly failed: number;
  readonly completed: number;
}

export interface ProcessFigures {
  readonly process: string;
  readonly cpuSeconds: number;
  readonly maxRssBytes: number;
  /** Worst event-loop p99 lag seen in a scrape, in milliseconds; only for the app's processes. */
  readonly eventLoopLagP99Ms?: number;
}

/** Where the processor time of the whole machine went in the phase: CPU seconds, all processors together. */
export interface MachineReading {
  readonly cores: number;
  /** All there was to give, whatever became of it. */
  readonly capacitySeconds: number;
  /** Nobody wanted it, waiting for disks included. */
  readonly idleSeconds: number;
  /** The host of this virtual machine gave it to others although it was wanted here. */
  readonly stolenSeconds: number;
  /** The harness and all its descendants: app, services, load. */
  readonly oursSeconds: number;
  /** Taken by others, what was stolen included. */
  readonly foreignSeconds: number;
}

/** The app's own metrics, scraped from every replica. */
export interface AppMetricsReading {
  readonly maxPoolWaiting: number;
  readonly maxPoolTotal: number;
  readonly poolWaitP95Ms: number;
  readonly caches: Readonly<Record<string, { readonly hits: number; readonly misses: number }>>;
}

/** One thing a third party did, as it saw it itself. */
export interface LedgerEntry {
  /** Epoch milliseconds. */
  readonly at: number;
  /** `charge`, `payment.succeeded`, `webhook.delivered`, `webhook.failed`, `message`, `shipment`, `call`, … */
  readonly kind: string;
  /** What it was about: the order or payment reference the app gave. */
  readonly reference: string;
  readonly detail?: Readonly<Record<string, string | number | boolean>>;
}

export interface LedgersReading {
  readonly payments: readonly LedgerEntry[];
  readonly mail: readonly LedgerEntry[];
  readonly fulfilment: readonly LedgerEntry[];
}

/** Ground truth asked of the database at the end of a phase: the offending rows of each named query. */
export interface InvariantFigures {
  readonly name: string;
  readonly violations: number;
  /** A few offending rows as JSON, for people. */
  readonly examples: readonly string[];
}

export interface FaultRecord {
  readonly name: string;
  readonly summary: string;
  readonly injectedAt: number;
  readonly undoneAt?: number;
  /** What the injector says it did. */
  readonly receipt?: string;
  /** What an independent observer saw of it. Absent: nobody saw it, so it may not have happened. */
  readonly witness?: string;
  readonly problem?: string;
  /** Measurements the fault itself took, in milliseconds by name; -1 stands for "never within the phase". */
  readonly findings?: Readonly<Record<string, readonly number[]>>;
}

/** How the version to be judged took the place of the one that was running, in a scenario that is about that. */
export interface RollOutRecord {
  readonly startedAt: number;
  readonly endedAt: number;
  readonly migrations: readonly string[];
  /** Why the old version serves on; absent when the new one does. */
  readonly refused?: { readonly stage: 'migrate' | 'health'; readonly problem: string };
}

/** A request of the workload sent alone before the load, a few times: what it answered and what work it caused. */
export interface SurveyedRequest {
  readonly request: string;
  /** Statements, rows and buffers per request: medians over the repetitions, with caches warm. */
  readonly statements: number;
  readonly rows: number;
  readonly buffers: number;
  /** Normalised answers (status and body without volatile fields), in the order asked, as canonical JSON. */
  readonly answers: readonly SurveyedAnswer[];
}

export interface SurveyedAnswer {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly body: string;
}

export interface PhaseEvidence {
  readonly from: number;
  readonly to: number;
  /** The time to settle ran out before the asynchronous work that the load caused was done. */
  readonly unfinished?: true;
  readonly load: Reading<LoadReading>;
  readonly statements: Reading<StatementsReading>;
  readonly tables: Reading<readonly TableFigures[]>;
  readonly activity: Reading<ActivityReading>;
  readonly plans: Reading<readonly PlanSeen[]>;
  readonly redis: Reading<RedisReading>;
  readonly queues: Reading<Readonly<Record<string, QueueFigures>>>;
  readonly processes: Reading<readonly ProcessFigures[]>;
  readonly machine: Reading<MachineReading>;
  readonly app: Reading<AppMetricsReading>;
  readonly ledgers: Reading<LedgersReading>;
  readonly invariants: Reading<readonly InvariantFigures[]>;
}

/** Everything measured while one version of the app went through a scenario once. Plain data: it is stored with the run as JSON. */
export interface Evidence {
  readonly survey: Reading<readonly SurveyedRequest[]>;
  /** The same survey of the app as it was handed out. Absent only while that app itself is being surveyed. */
  readonly originalSurvey: Reading<readonly SurveyedRequest[]>;
  /** Present when requests were also looked at with rows that those who play don't know. */
  readonly elsewhere?: Reading<readonly SurveyedRequest[]>;
  /** The same of the version before, where the scenario's plan has a roll-out. */
  readonly originalElsewhere?: Reading<readonly SurveyedRequest[]>;
  /** Present with `elsewhere`: how the statements of requests that were sent alone ran. */
  readonly plansAlone?: Reading<readonly PlanSeen[]>;
  readonly phases: Readonly<Record<PhaseName, PhaseEvidence>>;
  readonly faults: readonly FaultRecord[];
  readonly replicas: number;
  /** Only where the scenario's plan has a roll-out. */
  readonly rollOut?: RollOutRecord;
}
