import type { Evidence, PlanSeen, Reading } from '../domain/evidence.ts';
import { formatNumber } from './format.ts';
import { type Html, html } from './html.ts';
import type { MeasuredArm } from './measured-arms.ts';
import { oneLine } from './plain-text.ts';

/** Of each version so many statements are shown, the slowest. */
const shownOfEach = 2;

/**
 * The plans of the slowest statements in the incident, statement by statement, each as it ran in every version: what was a scan before and is an index afterwards stands one below the
 * other. Then the statements that a version brings and the first does not have. Undefined when no plan was seen.
 * @param arms what was measured of each version, with its name for people
 */
export function plansBeside(
  arms: readonly MeasuredArm[],
  names: Readonly<Record<MeasuredArm[0], string>>,
): Html | undefined {
  const versions = arms.map(([arm, evidence]) => ({ name: names[arm], ...plansOf(evidence) }));
  const slowest = versions.flatMap(({ slow }) => [...slow.values()].sort(slowestFirst).slice(0, shownOfEach));
  const [first, ...others] = versions;
  const brought = others.flatMap(({ alone }) =>
    [...alone.values()]
      .filter(({ query }) => !first?.alone.has(query))
      .sort(slowestFirst)
      .slice(0, shownOfEach),
  );
  const queries = [...new Set([...slowest.sort(slowestFirst), ...brought].map(({ query }) => query))];
  return queries.length === 0 ? undefined : html`${queries.map((query) => statement(query, versions))}`;
}

interface Version {
  readonly name: string;
  readonly slow: ReadonlyMap<string, PlanSeen>;
  readonly alone: ReadonlyMap<string, PlanSeen>;
}

function statement(query: string, versions: readonly Version[]): Html {
  const plans = versions.map(({ name, slow, alone }) => {
    const plan = slow.get(query) ?? alone.get(query);
    if (plan === undefined) return html`<h4>${name}: not seen</h4>`;
    const when = slow.has(query) ? 'in the incident' : 'alone';
    return html`<h4>${name}: ${formatNumber(plan.durationMs)} ms, ${when}</h4><pre>${plan.plan}</pre>`;
  });
  return html`<h3><code>${oneLine(query, 300)}</code></h3>${plans}`;
}

const slowestFirst = (one: PlanSeen, other: PlanSeen) => other.durationMs - one.durationMs;

function plansOf({ phases: { incident }, plansAlone }: Evidence): Omit<Version, 'name'> {
  return { slow: slowestByQuery(incident.plans), alone: slowestByQuery(plansAlone) };
}

function slowestByQuery(plans: Reading<readonly PlanSeen[]> | undefined): ReadonlyMap<string, PlanSeen> {
  const seen = plans?.ok ? plans.value : [];
  // The slowest of a query comes last and stays.
  return new Map(
    [...seen]
      .sort(slowestFirst)
      .reverse()
      .map((plan) => [plan.query, plan]),
  );
}
