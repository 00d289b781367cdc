import { describe, expect, it } from 'vitest';
import { plansBeside } from '../../../harness/reports/plans-beside.ts';
import { incidentWith, present } from '../checks/evidence.ts';

const names = { flawed: 'As handed out', reference: 'Reference', candidate: 'Candidate' };
type Plans = readonly (readonly [query: string, durationMs: number, plan: string])[];
const logged = (plans: Plans) => present(plans.map(([query, durationMs, plan]) => ({ query, durationMs, plan })));
const seen = (slow: Plans, alone: Plans = []) => incidentWith({ plans: logged(slow) }, { plansAlone: logged(alone) });
const text = (...arms: Parameters<typeof plansBeside>[0]) => plansBeside(arms, names)?.markup ?? '';

describe('plans of the slowest statements', () => {
  it('stand statement by statement as they ran in each version, each the slowest of its query', () => {
    const flawed = seen([
      ['SELECT a', 900, 'Seq Scan slow'],
      ['SELECT a', 300, 'Seq Scan quick'],
      ['SELECT b', 50, 'b1'],
    ]);
    const markup = text(['flawed', flawed], ['candidate', seen([], [['SELECT a', 0.1, 'Index Scan']])]);
    expect(markup).toMatch(
      /SELECT a[\s\S]*As handed out: 900 ms, in the incident[\s\S]*Seq Scan slow[\s\S]*Candidate: 0.1 ms, alone[\s\S]*Index Scan/,
    );
    expect(markup).not.toContain('Seq Scan quick');
    expect(markup.indexOf('SELECT a')).toBeLessThan(markup.indexOf('SELECT b'));
    expect(markup.slice(markup.indexOf('SELECT b'))).toContain('Candidate: not seen');
  });

  it('are the two slowest of each version, and two that a version brings', () => {
    const markup = text(
      [
        'flawed',
        seen(
          [
            ['SELECT a', 3, 'a'],
            ['SELECT b', 2, 'b'],
            ['SELECT c', 1, 'c'],
          ],
          [['SELECT d', 1, 'd']],
        ),
      ],
      [
        'candidate',
        seen(
          [],
          [
            ['SELECT d', 1, 'd'],
            ['SELECT e', 3, 'e'],
            ['SELECT f', 2, 'f'],
            ['SELECT g', 1, 'g'],
          ],
        ),
      ],
    );
    expect(markup.match(/<code>SELECT .<\/code>/g)).toEqual(
      ['a', 'b', 'e', 'f'].map((name) => `<code>SELECT ${name}</code>`),
    );
  });

  it('are not there when none was logged', () => {
    expect(plansBeside([['flawed', incidentWith({})]], names)).toBeUndefined();
  });
});
