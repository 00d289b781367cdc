import type { CompanySize } from '../../domain/company.ts';
import type { RunningService } from '../../domain/service.ts';
import type { Progress } from './seed.ts';

/** What is needed of a provider: a database with the seeded company in it. */
export interface CompanyNeed {
  /** The run's directory; must exist. The server's log goes there. */
  readonly directory: string;
  readonly size: CompanySize;
  readonly onProgress: Progress;
}

/** A PostgreSQL server with a private copy of the seeded company. */
export interface CompanyServer extends RunningService {
  /** Superuser where the server is ours; to the app's database. */
  readonly adminUrl: string;
  /** Read-only role. */
  readonly readerUrl: string;
  /** The role that the app connects as. */
  readonly appRole: string;
  /** What the app connects to. `port`: of a link in front of the server, on this host. */
  appUrl(port?: number): string;
  /** The server's log; absent for a server that is not ours. */
  readonly logFile?: string;
  /** Cuts every session and puts a fresh copy in the place of the app's database. Resolves to the milliseconds that took. */
  reset(): Promise<number>;
  /** Resolves with the reason when the server ends by itself. */
  readonly lost: Promise<string>;
}
