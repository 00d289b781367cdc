import type { AppProcess } from '../domain/sandbox.ts';

/**
 * The app's processes as Prometheus' HTTP service discovery wants them (https://prometheus.io/docs/prometheus/latest/http_sd/). An instance goes
 * by its name, so that its series go on when a deploy gives it another port.
 */
export function scrapeTargets(processes: readonly AppProcess[]) {
  return processes.map(({ name, url }) => ({ targets: [new URL(url).host], labels: { instance: name } }));
}
