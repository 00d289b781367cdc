import { afterAll, beforeAll, expect, it } from 'vitest';
import { downloads } from '../../../harness/faults/downloads.ts';
import { until } from '../../../harness/platform/clock.ts';
import { createFaultWorld, type FaultWorld } from '../../support/fault-world.ts';
import { type SharedServices, startSharedServices } from '../../support/shared-services.ts';

let shared: SharedServices;
let world: FaultWorld;

beforeAll(async () => {
  shared = await startSharedServices();
  world = await createFaultWorld(shared, ({ path }) => {
    if (path === '/files/late') return new Promise<number>(() => {});
    return path === '/files/refused' ? 500 : 200;
  });
});
afterAll(async () => {
  await world?.close();
  await shared?.stop();
});

it('tells downloads that are not whole from those that are not over in time', async () => {
  const fault = downloads({
    sql: `SELECT * FROM (VALUES ('whole', 0), ('short', 9), ('refused', 0), ('late', 0)) AS files (id, lines), (VALUES ('st_1')) AS sessions (token)`,
    path: '/files/{row.id}',
    everyMs: 100,
    withinMs: 400,
  });
  const injection = await fault.inject(world.sandbox, new AbortController().signal);
  const findings = () => injection.findings!();
  try {
    await until('one that is late', () => findings().late!.includes(1), { timeoutMs: 10_000, everyMs: 20 });
  } finally {
    await injection.undo();
  }
  const { incomplete, late, 'arrived after': arrivedAfter } = findings();
  // The fourth is over last: the next turn has begun by then.
  expect(incomplete!.slice(0, 3)).toEqual([0, 1, 1]);
  expect(late!.slice(0, 3)).toEqual([0, 0, 0]);
  const verdicts = incomplete!.map((broken, i) => [broken, late![i]!]);
  expect(verdicts).toContainEqual([0, 1]);
  expect(verdicts).not.toContainEqual([1, 1]);
  expect(arrivedAfter!.length).toBe(verdicts.filter(([broken, tooLate]) => broken === 0 && tooLate === 0).length);
});
