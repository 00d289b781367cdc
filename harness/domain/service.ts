/** A service a sandbox needs. */
export type ServiceKind = 'postgres' | 'redis';

/**
 * Where services may come from, as a user may ask for it; `auto` tries the others in turn. `embedded` is what `npm ci` brings, and for Redis, which
 * it does not bring, a program of this machine.
 */
export const serviceSources = ['auto', 'external', 'embedded', 'path', 'docker'] as const;

export type ServiceSource = (typeof serviceSources)[number];

/** Lifecycle states are different types: only a started service has an address. */
export interface RunningService {
  readonly kind: ServiceKind;
  /** Which provider runs it. */
  readonly provider: string;
  readonly host: string;
  readonly port: number;
  readonly pid?: number;
  /** Version as the server says. */
  readonly version: string;
  stop(): Promise<void>;
}

/** One way to get a service. Providers are tried in order; each may decline with a reason. */
export interface ServiceProvider<Need, Running extends RunningService> {
  readonly name: string;
  /** Why this provider can't serve here, or undefined when it can. Cheap; starts nothing. */
  declines(): Promise<string | undefined>;
  start(need: Need): Promise<Running>;
}
