import type { RunningService } from '../../domain/service.ts';

/** What is needed of a provider. */
export interface RedisNeed {
  /** The run's directory; must exist. */
  readonly directory: string;
  /** Told before anything is installed on this machine. */
  readonly announce: (text: string) => void;
}

/** A Redis server, or a database of one, that nobody else uses. */
export interface RedisService extends RunningService {
  /** `port`: of a link in front of the server, on this host. */
  url(port?: number): string;
  /** Resolves with the reason when the server ends by itself. */
  readonly lost: Promise<string>;
}
