import { expect, test } from 'vitest';
import { defaultScenario, discoverScenarios } from '../../../harness/run/catalogue.ts';

test('every failure that the company is to have is played', async () => {
  const { scenarios } = await discoverScenarios();
  expect(scenarios.map(({ id }) => id).sort()).toEqual([
    'cache-gone',
    'checkout-freezes',
    'deploy-at-noon',
    'export-stalls',
    'month-fourteen',
    'one-big-tenant',
    'orders-never-ship',
    'paid-twice',
    'partner-hangs',
    'permission-tax',
    'report-timeout',
    'search-leak',
    'slow-account-list',
    'slow-after-growth',
    'still-active',
    'stock-below-zero',
    'ten-past-nine',
  ]);
});

test('one scenario says that it is played when none is named, and is', async () => {
  const { scenarios } = await discoverScenarios();
  const said = scenarios.filter(({ definition }) => definition.playedByDefault).map(({ id }) => id);
  expect(said).toEqual(['slow-account-list']);
  expect((await defaultScenario()).id).toBe('slow-account-list');
});
