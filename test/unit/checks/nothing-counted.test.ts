import { expect, test } from 'vitest';
import { searchesFind } from '../../../harness/checks/searches-find.ts';
import { tenantsApart } from '../../../harness/checks/tenants-apart.ts';
import type { FaultRecord } from '../../../harness/domain/evidence.ts';
import { incidentWith } from './evidence.ts';

const fault: FaultRecord = { name: 'tenant-searches', summary: '', injectedAt: 0 };
const evidence = (record: Partial<FaultRecord>) => incidentWith({}, { faults: [{ ...fault, ...record }] });

test('each check reads its own finding, and one try that counted something fails it', () => {
  const seen = evidence({ findings: { foreignValues: [0, 0, 17], misses: [0, 0] } });
  expect(tenantsApart().judge(seen)).toMatchObject({
    outcome: 'fail',
    summary: '1 of 3 searches showed what belongs to others',
    figures: [{ value: 1, bound: 0 }],
  });
  expect(searchesFind().judge(seen).outcome).toBe('pass');
  expect(searchesFind().judge(evidence({ findings: { misses: [0, 1] } })).outcome).toBe('fail');
});

test('without any try nothing can be said', () => {
  expect(tenantsApart().judge(evidence({ findings: { foreignValues: [] } }))).toMatchObject({
    outcome: 'inconclusive',
    summary: 'the fault tenant-searches measured nothing',
  });
  expect(tenantsApart({ fault: 'other' }).judge(evidence({})).outcome).toBe('inconclusive');
});
