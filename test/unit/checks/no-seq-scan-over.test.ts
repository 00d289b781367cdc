import { expect, test } from 'vitest';
import { noSeqScanOver } from '../../../harness/checks/no-seq-scan-over.ts';
import type { TableFigures } from '../../../harness/domain/evidence.ts';
import { incidentWith, present } from './evidence.ts';

const items: TableFigures = {
  table: 'order_items',
  liveRows: 1_500_000,
  seqScans: 0,
  seqRowsRead: 0,
  indexScans: 900,
  indexRowsRead: 3_000,
};
const judge = (tables: readonly TableFigures[], only?: readonly string[]) =>
  noSeqScanOver({ rows: 50_000, ...(only && { tables: only }) }).judge(incidentWith({ tables: present(tables) }));

test('many scans of a large table fail and name it', () => {
  expect(judge([items, { ...items, table: 'orders', seqScans: 4, seqRowsRead: 6_000_000 }])).toMatchObject({
    outcome: 'fail',
    summary: expect.stringMatching(/^orders .* 4 times/),
    figures: [{ label: 'tables scanned', value: 1, bound: 0 }, { value: 6_000_000 }],
  });
});

test('passes: index scans, a few scans, scans that stop early, small tables', () => {
  expect(judge([items]).outcome).toBe('pass');
  expect(judge([{ ...items, seqScans: 3, seqRowsRead: 4_500_000 }]).outcome).toBe('pass');
  expect(judge([{ ...items, seqScans: 900, seqRowsRead: 18_000 }]).outcome).toBe('pass');
  expect(judge([{ ...items, liveRows: 50_000, seqScans: 900, seqRowsRead: 45_000_000 }]).outcome).toBe('pass');
});

test('only the named tables count, and they have to be there', () => {
  const scanned = { ...items, table: 'orders', seqScans: 90, seqRowsRead: 9_000_000 };
  expect(judge([items, scanned], ['order_items']).outcome).toBe('pass');
  expect(judge([items, scanned], ['orders']).outcome).toBe('fail');
  expect(judge([items], ['nope'])).toMatchObject({ outcome: 'inconclusive', summary: 'there is no table nope' });
  expect(judge([]).outcome).toBe('inconclusive');
});
