import { chart } from './panels.ts';
import { budgetOf, burns, compressed, recordedRatio, slos } from './slo.ts';

/** How fast every SLO burns its error budget, in the short window of each alert. */
export function burnRates({ width }: { readonly width: number }) {
  return chart({
    title: 'Error budget burn rate',
    description: `1 uses up the budget exactly. Alerts fire at ${burns.map(({ rate }) => rate).join(' and ')} when the longer window burns, too.`,
    unit: 'short',
    width,
    queries: slos.flatMap((slo) =>
      burns.map(({ short }) => ({
        expr: `${recordedRatio(compressed(short))}{slo="${slo.name}"} / ${budgetOf(slo)}`,
        legend: `${slo.name}, ${compressed(short)}`,
      })),
    ),
  });
}
