import { describe, expect, it } from 'vitest';
import { diagnosisForm, parseDiagnosis } from '../../../harness/domain/diagnosis.ts';

const claimsOf = (text: string) => parseDiagnosis(`## Root cause\n${text}`).claims;

describe('a diagnosis', () => {
  it('that nobody has filled in says nothing', () => {
    const { sections, claims } = parseDiagnosis(diagnosisForm('Slow', 'cite [plan:Seq Scan on orders]'));
    expect([...sections]).toEqual([]);
    expect(claims).toEqual([]);
  });

  it('is read section by section; other titles belong to the section before', () => {
    const { sections } = parseDiagnosis(
      '# Any\nlost\n## Symptom\nSlow.\n### Details\nVery.\n## prevention\n\n- a test\n',
    );
    expect(Object.fromEntries(sections)).toEqual({ Symptom: 'Slow.\n### Details\nVery.', Prevention: '- a test' });
  });

  it('claims with the figure in front of the evidence, whatever it is written like', () => {
    expect(claimsOf('The p95 of `open order` was 4,850 ms [metric:route=open order,14:03,14:05].')).toMatchObject([
      {
        kind: 'metric',
        source: 'route=open order,14:03,14:05',
        quantity: { value: 4850, unit: 'ms', percentile: 95 },
      },
    ]);
    expect(
      claimsOf('It reads **12 010 pages** [survey:open order,before], then 24 pages [survey:open order,after].'),
    ).toMatchObject([
      { quantity: { value: 12_010, unit: 'pages' } },
      { quantity: { value: 24, unit: 'pages' }, source: 'open order,after' },
    ]);
    expect(claimsOf('| pages | 500 times fewer pages [survey:open order] |')).toMatchObject([
      { quantity: { value: 500, unit: 'times fewer pages' } },
    ]);
    expect(claimsOf('The planner scans it [plan:Seq Scan on order_items]. 7 more.')).toEqual([
      expect.not.objectContaining({ quantity: expect.anything() }),
    ]);
  });

  it('keeps sentences apart, and knows which have figures without evidence', () => {
    const { uncited, claims } = parseDiagnosis(
      '## Symptom\nIt took 3 s. Version 2.14 was out [trace:abc].\n- 40 requests failed\n- line 12 of routes.ts',
    );
    expect(uncited.map(({ sentence }) => sentence)).toEqual(['It took 3 s.', '- 40 requests failed']);
    expect(claims).toHaveLength(1);
  });
});
