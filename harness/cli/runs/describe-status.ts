import { formatDuration, formatNumber } from '../../reports/format.ts';
import type { ControlState } from '../control/control-server.ts';
import { worstRequest } from '../live/live-model.ts';
import { percent, sampleFacts } from '../live/sample-facts.ts';
import type { Paint } from '../terminal/paint.ts';
import { textTable } from '../terminal/table.ts';

/** A running game day on one screen. */
export function describeStatus(state: ControlState, now: number, paint: Paint): string {
  const left = formatDuration(Math.max(Date.parse(state.endsAt) - now, 0));
  const { live } = state;
  const worst = live && worstRequest(live);
  const figures =
    live === undefined
      ? 'none yet'
      : [
          `errors ${percent(live.errorRate)}`,
          ...(worst ? [`worst p95 ${formatNumber(worst.p95)} ms (${worst.name})`] : []),
          ...sampleFacts(live),
        ].join(', ');
  const hint =
    state.nextHintCost === undefined
      ? 'none left'
      : `${state.hintsLeft} left${state.nextHintCost === 0 ? '' : `, the next costs ${state.nextHintCost} points`}`;
  const rows = [
    ['run', state.run],
    ['scenario', `${state.scenario} (${state.variant}, ${state.size})`],
    ['stage', `${state.stage}, ${left} left`],
    ['figures', figures],
    ['deploys', String(state.deploys)],
    ['hints', `${state.hintsTaken} taken, ${hint}`],
    ['workspace', state.workspace],
    ['logs', `${state.directory}/logs`],
    ['app', state.entryUrl],
    ['database', state.databaseUrl],
    ['redis', state.redisUrl],
    ['prometheus', `${state.directory}/prometheus.yml`],
  ];
  return [
    paint('bold', state.title),
    textTable(
      [{ title: '' }, { title: '' }],
      rows.map(([name, value]) => [paint('dim', name!), value!]),
    ),
    '',
    'Objectives',
    ...state.objectives.map(({ claim }) => `  ${claim}`),
  ].join('\n');
}
