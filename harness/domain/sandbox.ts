import type { CompanySize } from './company.ts';
import type { LedgerEntry } from './evidence.ts';
import type { RunningLoad } from './load.ts';

/** A TCP path between the app and a service, in the harness's hands. It runs off the harness's own thread, hence the promises. */
export interface Link {
  readonly name: string;
  readonly port: number;
  /** Delay added to what the service answers, milliseconds. 0 passes bytes straight through. */
  setLatency(ms: number): Promise<void>;
  /** Cuts every open connection with a TCP reset; new ones are accepted. Resolves to how many were cut. */
  reset(): Promise<number>;
  /** While true, nothing passes in either direction and new connections hang, as with dropped packets. */
  setPartitioned(partitioned: boolean): Promise<void>;
  stats(): Promise<LinkStats>;
  close(): Promise<void>;
}

/** Counters of a link since its start, for witnesses. */
export interface LinkStats {
  readonly open: number;
  readonly accepted: number;
  readonly bytes: number;
  readonly latencyMs: number;
  readonly partitioned: boolean;
}

/** How a third party answers. Anything left out is its normal behaviour. */
export interface Behaviour {
  /** Added before each answer, milliseconds. */
  readonly latencyMs?: number;
  /** Share of requests answered with `status` (0 to 1). */
  readonly failing?: number;
  readonly status?: number;
  /** Accepts and never answers. */
  readonly hang?: boolean;
}

/** Only for the payment provider: how it delivers its webhooks. */
export interface DeliveryBehaviour {
  /** How often each event is delivered, at least; 1 is normal. */
  readonly copies?: number;
  /** Delay of each copy, drawn uniformly from 0 to this, milliseconds: deliveries overtake each other. */
  readonly spreadMs?: number;
  /** How long the provider waits for an answer before it retries, milliseconds. Default 2000. */
  readonly ackTimeoutMs?: number;
}

export interface ThirdParty {
  readonly name: 'payments' | 'mail' | 'fulfilment';
  readonly url: string;
  behave(behaviour: Behaviour): void;
  ledger(): readonly LedgerEntry[];
  /** Requests received since start, whatever came of them. */
  received(): number;
  /** Forgets ledger and idempotency keys, back to normal behaviour. */
  reset(): void;
  close(): Promise<void>;
}

export interface PaymentProvider extends ThirdParty {
  deliver(behaviour: DeliveryBehaviour): void;
  /** Webhooks not yet acknowledged and still to be retried. */
  undelivered(): number;
}

export interface FulfilmentPartner extends ThirdParty {
  /** From now on these orders, by their references, and only these are refused for good: they cannot be delivered. */
  refuse(orderReferences: readonly string[]): void;
}

/** One supervised process of the app. */
export interface AppProcess {
  /** `api-1`, `api-2`, `worker-1`. */
  readonly name: string;
  readonly pid: number;
  /** Its own HTTP address, past the balancer. */
  readonly url: string;
}

/** The app under supervision: replicas behind the balancer, and the worker. */
export interface AppFleet {
  /** Where traffic enters: the balancer. */
  readonly entry: URL;
  processes(): readonly AppProcess[];
  /** Kills the named process (SIGKILL) and lets the supervisor start a new one. Resolves when the new one is healthy. */
  crash(name: string): Promise<{ readonly oldPid: number; readonly newPid: number }>;
  /** Moves the clock of every process of the app forward by this much from now on, also of those started later. */
  shiftClocks(ms: number): Promise<void>;
}

/** One running instance of everything: what faults act on and meters observe. */
export interface Sandbox {
  /** The directory of this run. */
  readonly directory: string;
  readonly size: CompanySize;
  readonly postgres: {
    /** Superuser, direct, database of the app. Only for the harness. */
    readonly adminUrl: string;
    /** Read-only role, direct. */
    readonly readerUrl: string;
    /** The role the app connects as. */
    readonly appRole: string;
    /** The server's log, absent for a server that is not ours. */
    readonly logFile?: string;
    readonly pid?: number;
  };
  readonly redis: { readonly url: string; readonly pid?: number };
  readonly links: { readonly postgres: Link; readonly redis: Link };
  readonly app: AppFleet;
  readonly payments: PaymentProvider;
  readonly mail: ThirdParty;
  readonly fulfilment: FulfilmentPartner;
  /** Present while load is running. */
  load(): RunningLoad | undefined;
}

/** The API processes that are running now. */
export function replicasOf(sandbox: Pick<Sandbox, 'app'>): readonly AppProcess[] {
  return sandbox.app.processes().filter(({ name }) => name.startsWith('api-'));
}
