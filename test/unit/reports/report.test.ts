import { expect, test } from 'vitest';
import type { Evidence } from '../../../harness/domain/evidence.ts';
import { renderReport } from '../../../harness/reports/report.ts';
import { story } from '../../support/story.ts';
import { contended, incidentWith, machine } from '../checks/evidence.ts';

const report = (hold?: Evidence) => renderReport({ run: 'r', events: story, ...(hold && { hold }) });

test('says beside the verdict when other programs had the machine', () => {
  expect(report(incidentWith({ machine: contended }))).toContain(
    '## Verdict\n\nWhile this was measured, other programs took 1.0 of 2 cores and the machine had nothing left.',
  );
});

test('says nothing of it when they had not, or when nobody measured it', () => {
  const { machine: _, ...older } = incidentWith({}).phases.incident;
  const unmetered = { ...incidentWith({}), phases: { steady: older, incident: older } } as unknown as Evidence;
  for (const hold of [undefined, incidentWith({ machine: machine({ foreign: 0, idle: 9 }) }), unmetered]) {
    expect(report(hold)).not.toContain('other programs');
  }
});
