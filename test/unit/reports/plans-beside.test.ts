import { describe, expect, it } from 'vitest';
import { plansBeside } from '../../../harness/reports/plans-beside.ts';
import { incidentWith, present } from '../checks/evidence.ts';

const names = { flawed: 'As handed out', reference: 'Reference', candidate: 'Candidate' };
const seen = (...plans: readonly (readonly [query: string, durationMs: number, plan: string])[]) =>
  incidentWith({ plans: present(plans.map(([query, durationMs, plan]) => ({ query, durationMs, plan }))) });
const text = (...arms: Parameters<typeof plansBeside>[0]) => plansBeside(arms, names)?.markup ?? '';

describe('plans of the slowest statements', () => {
  it('stand statement by statement as they ran in each version, each the slowest of its statement', () => {
    const markup = text(
      ['flawed', seen(['SELECT a', 900, 'Seq Scan slow'], ['SELECT a', 300, 'Seq Scan quick'], ['SELECT b', 50, 'b1'])],
      ['candidate', seen(['SELECT a', 4, 'Index Scan'])],
    );
    expect(markup).toMatch(
      /SELECT a[\s\S]*As handed out: 900 ms[\s\S]*Seq Scan slow[\s\S]*Candidate: 4 ms[\s\S]*Index Scan/,
    );
    expect(markup).not.toContain('Seq Scan quick');
    expect(markup.indexOf('SELECT a')).toBeLessThan(markup.indexOf('SELECT b'));
    expect(markup.slice(markup.indexOf('SELECT b'))).toContain('Candidate: not among the slow statements');
  });

  it('are the two slowest of each version', () => {
    const markup = text(['flawed', seen(['SELECT a', 3, 'a'], ['SELECT b', 2, 'b'], ['SELECT c', 1, 'c'])]);
    expect(markup).toContain('SELECT b');
    expect(markup).not.toContain('SELECT c');
  });

  it('are not there when none was logged', () => {
    expect(plansBeside([['flawed', incidentWith({})]], names)).toBeUndefined();
  });
});
