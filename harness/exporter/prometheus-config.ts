import { join } from 'node:path';
import { projectRoot } from '../platform/files.ts';

/**
 * The configuration with which a Prometheus watches one game day. A game day is over in an hour: everything is looked at every second.
 * @param exporter origin of the game day's exporter
 */
export function prometheusConfig(exporter: URL): string {
  return `# Written by gameday for the game day that runs at ${exporter.origin}.
global:
  scrape_interval: 1s
  scrape_timeout: 1s
  evaluation_interval: 1s
rule_files:
  - ${JSON.stringify(join(projectRoot, 'grafana', 'alerts', '*.yaml'))}
scrape_configs:
  - job_name: gameday
    static_configs:
      - targets: [${JSON.stringify(exporter.host)}]
        labels: { instance: gameday }
  - job_name: tradepost
    # The processes name themselves; a deploy starts new ones on other ports.
    honor_labels: true
    http_sd_configs:
      - url: ${JSON.stringify(new URL('/targets', exporter).href)}
        refresh_interval: 1s
`;
}
