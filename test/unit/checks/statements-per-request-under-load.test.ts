import { expect, test } from 'vitest';
import { statementsPerRequestUnderLoad } from '../../../harness/checks/statements-per-request-under-load.ts';
import { figures, incidentWith, load, statements } from './evidence.ts';

const check = statementsPerRequestUnderLoad({ atMost: 3 });
const judge = (calls: number) =>
  check.judge(incidentWith({ load: load(), statements: statements(['SELECT 1 FROM a', calls]) }));

test('counts all statements per finished request', () => {
  expect(judge(300)).toMatchObject({ outcome: 'pass', figures: [{ value: 3, bound: 3 }] });
  expect(judge(310)).toMatchObject({ outcome: 'fail', figures: [{ value: 3.1 }] });
});

test('needs both readings and enough requests', () => {
  expect(check.judge(incidentWith({ load: load() })).outcome).toBe('inconclusive');
  const few = load({ all: figures({ ok: 3 }) });
  expect(check.judge(incidentWith({ load: few, statements: statements(['SELECT', 1]) })).outcome).toBe('inconclusive');
});
