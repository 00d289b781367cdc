import { alertRules } from './alert-rules.ts';
import { cacheAndQueues } from './cache-and-queues.ts';
import { gameDay } from './game-day.ts';
import { postgresql } from './postgresql.ts';
import { service } from './service.ts';

const dashboards = {
  service,
  postgresql,
  'cache-and-queues': cacheAndQueues,
  'game-day': gameDay,
};

/** Every generated file by its path in `grafana/`. The same sources always give the same text. */
export function generate(): Readonly<Record<string, string>> {
  const boards = Object.entries(dashboards).map(
    ([name, board]) => [`dashboards/${name}.json`, `${JSON.stringify(board.build(), null, 2)}\n`] as const,
  );
  return { ...Object.fromEntries(boards), 'alerts/slo.yaml': alertRules() };
}
