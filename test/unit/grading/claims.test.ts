import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../../harness/domain/evidence.ts';
import { gradeClaims, journalOf } from '../../../harness/grading/claims.ts';
import type { Submission } from '../../../harness/grading/read-submission.ts';
import { takeHomeFor } from '../../support/submissions.ts';
import { incidentWith } from '../checks/evidence.ts';

const submission = (sent: Partial<Submission>): Submission => ({
  takeHome: takeHomeFor('still-active', 'default'),
  changes: '',
  diagnosis:
    '## Symptom\n\nIt took 900 ms [metric:route=own profile,14:03] and 3 statements [survey:own profile,before].\n',
  ...{ journal: undefined, evidence: undefined, traces: undefined, plans: undefined, answers: new Map() },
  ...sent,
});

const verdicts = (sent: Partial<Submission>, measured?: Evidence) =>
  gradeClaims(submission(sent), measured)?.claims.map(({ verdict, against }) => [verdict, against]);

describe('the claims of a diagnosis that was sent', () => {
  it('are none without a diagnosis', () => {
    expect(gradeClaims(submission({ diagnosis: undefined }), undefined)).toBeUndefined();
  });

  it('are held against what was measured again, as far as there is such', () => {
    expect(verdicts({}, incidentWith({}))?.map(([, against]) => against)).toEqual(['as sent in', 'measured again']);
  });

  it.each([
    ['evidence that is something else', { evidence: '{"phases":7}' }],
    ['evidence that is no JSON', { evidence: 'rm -rf' }],
    ['a journal of other things', { journal: 'null\n7\n{"type":"live.sampled","at":5}\n{"type":7}\n' }],
    ['samples without figures', { journal: '{"type":"live.sampled","at":"2026-11-24T14:03:00Z"}\n' }],
    ['plans that are no list', { plans: '{"query":1}' }],
  ])('are never confirmed by %s, nor do they end the grading', (_what, sent) => {
    for (const measured of [undefined, incidentWith({})])
      expect(verdicts(sent, measured)?.map(([verdict]) => verdict)).not.toContain('confirmed');
  });

  it('leave events out that are none', () => {
    expect(journalOf('{"type":"note.added","at":5}\nnonsense\n{"at":"2026-11-24T14:03:00Z"}\n')).toEqual([]);
  });
});
