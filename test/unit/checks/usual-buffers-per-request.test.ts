import { expect, test } from 'vitest';
import { usualBuffersPerRequest } from '../../../harness/checks/usual-buffers-per-request.ts';
import type { StatementFigures } from '../../../harness/domain/evidence.ts';
import { figures, incidentWith, load, present } from './evidence.ts';

const check = usualBuffersPerRequest({ atMost: 6 });

function judge(...seen: readonly (readonly [query: string, calls: number, buffers: number])[]) {
  const statements = seen.map(
    ([query, calls, buffers]): StatementFigures => ({ query, calls, rows: calls, buffers, execMs: 1 }),
  );
  return check.judge(
    incidentWith({
      load: load({ all: figures({ ok: 240 }) }),
      statements: present({ statements, calls: 0, rows: 0, buffers: 0 }),
    }),
  );
}

const lookup = ['SELECT FROM sessions', 240, 960] as const;

test('counts what runs with the requests, however small its share', () => {
  expect(judge(lookup, ['INSERT INTO sessions', 20, 400])).toMatchObject({
    outcome: 'pass',
    figures: [{ value: 5.7 }],
  });
  expect(judge(lookup, ['DELETE FROM sessions', 20, 20_000])).toMatchObject({
    outcome: 'fail',
    figures: [{ value: 87.3 }],
  });
});

test('leaves out what runs beside them', () => {
  expect(judge(lookup, ['DELETE FROM sessions', 19, 900_000])).toMatchObject({
    outcome: 'pass',
    figures: [{ value: 4 }],
  });
});
