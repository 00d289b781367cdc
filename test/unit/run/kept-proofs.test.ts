import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { proofWarnings } from '../../../harness/domain/proof-warnings.ts';
import { discoverScenarios } from '../../../harness/run/catalogue.ts';
import { readCurve } from '../../../harness/run/curve-file.ts';
import { outdated, proofPages, readProof } from '../../../harness/run/kept-proofs.ts';

const { scenarios } = await discoverScenarios();

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

  it('has a curve where the data are the point', async () => {
    const growing = scenarios.filter(({ definition }) => definition.growsWith);
    for (const scenario of growing) expect(await readCurve(scenario), scenario.id).toBeDefined();
    expect(growing.length).toBeGreaterThan(0);
  });
});
