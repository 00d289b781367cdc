import { expect, test } from 'vitest';
import { defaultScenario, discoverScenarios } from '../../../harness/run/catalogue.ts';

test('one scenario says that it is played when none is named, and is', async () => {
  const { scenarios } = await discoverScenarios();
  const said = scenarios.filter(({ definition }) => definition.playedByDefault).map(({ id }) => id);
  expect(said).toEqual(['slow-account-list']);
  expect((await defaultScenario()).id).toBe('slow-account-list');
});
