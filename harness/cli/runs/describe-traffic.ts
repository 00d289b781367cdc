import type { RequestSpec } from '../../domain/workload.ts';
import { percent } from '../live/sample-facts.ts';
import { textTable } from '../terminal/table.ts';

/** What customers request, and how much of the traffic it is. */
export function describeTraffic(requests: readonly RequestSpec[]): string {
  const all = requests.reduce((sum, { weight }) => sum + weight, 0);
  return textTable(
    [{ title: 'Request' }, { title: 'Share', align: 'right' }, { title: 'What is sent' }],
    requests.map(({ name, method, path, weight }) => [name, percent(weight / all), `${method} ${path}`]),
  );
}
