import type { Evidence, PlanSeen } from '../domain/evidence.ts';
import type { GradedArm } from '../domain/scorecard.ts';
import { formatNumber } from './format.ts';
import { type Html, html } from './html.ts';
import { oneLine } from './plain-text.ts';

type Arm = GradedArm['arm'];

/** Of each version so many statements are shown, the slowest. */
const shownOfEach = 2;

/**
 * The plans of the slowest statements in the incident, statement by statement, each as it ran in every version that had it among its slow ones: what was a scan before and is an index
 * afterwards stands one below the other. Undefined when no plan was logged.
 * @param arms what was measured of each version, with its name for people
 */
export function plansBeside(arms: readonly (readonly [Arm, Evidence])[], names: Readonly<Record<Arm, string>>) {
  const slowest = arms.map(([arm, evidence]) => [arm, slowestByStatement(evidence)] as const);
  const shown = new Set(
    slowest.flatMap(([, plans]) =>
      [...plans.values()]
        .sort(slowestFirst)
        .slice(0, shownOfEach)
        .map(({ query }) => query),
    ),
  );
  const worst = (query: string) => Math.max(...slowest.map(([, plans]) => plans.get(query)?.durationMs ?? 0));
  const statements = [...shown]
    .sort((one, other) => worst(other) - worst(one))
    .map((query): Html => {
      const versions = slowest.map(([arm, plans]) => {
        const plan = plans.get(query);
        const title = `${names[arm]}: ${plan ? `${formatNumber(plan.durationMs)} ms` : 'not among the slow statements'}`;
        return html`<h4>${title}</h4>${plan && html`<pre>${plan.plan}</pre>`}`;
      });
      return html`<h3><code>${oneLine(query, 300)}</code></h3>${versions}`;
    });
  return statements.length === 0 ? undefined : html`${statements}`;
}

const slowestFirst = (one: PlanSeen, other: PlanSeen) => other.durationMs - one.durationMs;

function slowestByStatement({ phases: { incident } }: Evidence): ReadonlyMap<string, PlanSeen> {
  const seen = incident.plans.ok ? incident.plans.value : [];
  // The slowest of a statement comes last and stays.
  return new Map(
    [...seen]
      .sort(slowestFirst)
      .reverse()
      .map((plan) => [plan.query, plan]),
  );
}
