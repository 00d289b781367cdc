import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { companySizes } from '../../../harness/domain/company.ts';
import { type CurvePoint, pointsByCheck } from '../../../harness/domain/curve.ts';
import { proofWarnings } from '../../../harness/domain/proof-warnings.ts';
import { discoverScenarios } from '../../../harness/run/catalogue.ts';
import { readCurve } from '../../../harness/run/curve-file.ts';
import { outdated, proofPages, readProof } from '../../../harness/run/kept-proofs.ts';

const { scenarios } = await discoverScenarios();

const isWithin = ({ measured }: CurvePoint) => 'value' in measured && measured.value <= measured.bound;

describe('what is kept of the proofs', () => {
  it.each(scenarios)('is about $id as it is; else: gameday prove $id --write', async (scenario) => {
    expect(await outdated(scenario)).toEqual([]);
  });

  it.each(scenarios)(
    'is of $id in five rounds, with the arms and the distance that are wanted; else: gameday prove $id --repeat 5 --write',
    async (scenario) => {
      const proof = await readProof(scenario);
      expect(proof?.rounds).toBeGreaterThanOrEqual(5);
      expect(proofWarnings(proof!)).toEqual([]);
    },
  );

  it('is what the pages about the catalogue say', async () => {
    for (const { file, text } of await proofPages()) expect(await readFile(file, 'utf8'), file).toBe(text);
  });

  const growing = scenarios.filter(({ definition }) => definition.growsWith);

  it('has a curve where the data are the point', () => {
    expect(growing.map(({ id }) => id).sort()).toEqual([
      'month-fourteen',
      'one-big-tenant',
      'report-timeout',
      'slow-after-growth',
    ]);
  });

  it.each(growing)(
    'of $id has figures at three sizes: those of the solution stay within bounds; else: gameday curve $id --measure',
    async (scenario) => {
      const curve = await readCurve(scenario);
      for (const points of pointsByCheck(curve!)) {
        for (const arm of ['flawed', 'solution'] as const)
          expect(points.filter((point) => point.arm === arm).map(({ size }) => size)).toEqual(companySizes);
        const [solved, broken] = (['solution', 'flawed'] as const).map((arm) =>
          points.filter((point) => point.arm === arm).map(isWithin),
        );
        expect(solved).toEqual([true, true, true]);
        expect(broken!.at(-1)).toBe(false);
      }
    },
  );
});
