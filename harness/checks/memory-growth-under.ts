import type { PhaseName, ProcessFigures } from '../domain/evidence.ts';
import type { Check } from '../domain/verdict.ts';
import { defineCheck, inconclusive, required, verdict } from './define-check.ts';

const MEBIBYTE = 2 ** 20;

/** No process of the app grows by more than this many MiB (resident memory) from its largest in the steady phase to its largest in the incident. */
export function memoryGrowthUnder(objective: { readonly mebibytes: number; readonly name?: string }): Check {
  const { mebibytes, name = 'memory-growth-under' } = objective;
  return defineCheck({
    name,
    claim: `no process of the app grows by more than ${mebibytes} MiB`,
    judge({ phases }) {
      const sizesIn = (phase: PhaseName) => appSizes(required(phases[phase].processes, 'the processes'));
      const usual = sizesIn('steady');
      const grown = [...sizesIn('incident')].flatMap(([process, bytes]) => {
        const before = usual.get(process);
        return before === undefined ? [] : [{ process, growth: Math.round((bytes - before) / MEBIBYTE) }];
      });
      const [most] = grown.sort((a, b) => b.growth - a.growth);
      if (most === undefined) return inconclusive('no process of the app was seen in both phases');
      return verdict(
        most.growth <= mebibytes,
        `${most.process} grew by ${most.growth} MiB; the bound is ${mebibytes}`,
        [{ label: 'growth', value: most.growth, bound: mebibytes, unit: 'MiB' }],
      );
    },
  });
}

/** Largest resident memory of the app's processes, the services' left out. */
function appSizes(processes: readonly ProcessFigures[]): ReadonlyMap<string, number> {
  const app = processes.filter(({ process }) => /^(api|worker)-\d+$/.test(process));
  return new Map(app.map(({ process, maxRssBytes }) => [process, maxRssBytes]));
}
