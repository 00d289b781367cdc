import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { GameDayState } from '../domain/game-day.ts';
import type { Journal } from '../domain/journal.ts';
import type { LoadSample } from '../domain/load.ts';
import { renderMetrics } from '../domain/prometheus-text.ts';
import type { Sandbox } from '../domain/sandbox.ts';
import type { CheckResult } from '../domain/verdict.ts';
import { writeFileAtomic } from '../platform/files.ts';
import { startExporterServer } from './exporter-server.ts';
import { createIncidentMetrics } from './incident-metrics.ts';
import type { LiveReadings } from './live-readings.ts';
import { createLoadMetrics } from './load-metrics.ts';
import { createPostgresMetrics } from './postgres-metrics.ts';
import { prometheusConfig } from './prometheus-config.ts';
import { scrapeTargets } from './scrape-targets.ts';
import { thirdPartyFamilies } from './third-party-metrics.ts';

/** Tells a Prometheus how a game day goes, from what it is told itself. */
export interface Exporter {
  /** What the load engine saw in one more second. */
  load(sample: LoadSample): void;
  /** What the meters read in one more second. */
  read(readings: LiveReadings): void;
  /** The objectives as they were just judged. */
  judged(results: readonly CheckResult[]): void;
  /** Idempotent. */
  close(): Promise<void>;
}

export interface ExporterOptions {
  readonly sandbox: Sandbox;
  readonly journal: Journal;
  readonly state: () => GameDayState;
  /** Whether faults are named. */
  readonly facilitator: boolean;
  /** Where it listens on 127.0.0.1; default: a free port. */
  readonly port?: number | undefined;
}

/** The version of the text format. */
const metricsType = 'text/plain; version=0.0.4; charset=utf-8';

/**
 * Serves `/metrics`, and `/targets` with the app's processes as they are now, on a port of its own. As long as it does, `prometheus.yml` in the run's
 * directory is the configuration of a Prometheus that scrapes both. Throws `METRICS_PORT_TAKEN`.
 */
export async function startExporter(options: ExporterOptions): Promise<Exporter> {
  const { sandbox, journal, state, facilitator, port } = options;
  const load = createLoadMetrics();
  const postgres = createPostgresMetrics();
  const incident = createIncidentMetrics({ facilitator });
  const families = () => [
    ...incident.families(state()),
    ...load.families(),
    ...postgres.families(),
    ...thirdPartyFamilies(sandbox),
  ];
  const pages = {
    '/metrics': () => ({ type: metricsType, text: renderMetrics(families()) }),
    '/targets': () => ({ type: 'application/json', text: JSON.stringify(scrapeTargets(sandbox.app.processes())) }),
  };
  const server = await startExporterServer(pages, port);
  const unfollow = journal.follow(incident.tell);
  const config = join(sandbox.directory, 'prometheus.yml');
  writeFileAtomic(config, prometheusConfig(server.url));
  return {
    load: load.add,
    read: postgres.add,
    judged: incident.judged,
    async close() {
      rmSync(config, { force: true });
      unfollow();
      await server.close();
    },
  };
}
