import { describe, expect, it } from 'vitest';
import { renderGraded } from '../../../harness/reports/graded-html.ts';
import { renderGradedJUnit } from '../../../harness/reports/graded-junit.ts';
import { html } from '../../../harness/reports/html.ts';
import { exampleScorecard } from '../../support/example-scorecard.ts';

const hostile = `"><script>alert(1)</script><img src=x onerror='alert(1)'>`;

const page = (change: Partial<Parameters<typeof renderGraded>[0]> = {}) =>
  renderGraded({
    scorecard: exampleScorecard,
    evidence: {},
    events: [],
    diagnosis: '## Root cause\n\nIt takes 102 statements.',
    changes: '--- a/src/a.ts\n+++ b/src/a.ts\n@@ -1 +1 @@\n-old\n+new\n',
    ...change,
  });

describe('the report of a grade', () => {
  it('tells verdict, checks of all three, claims, journey, change and rubric', () => {
    for (const text of [
      'ada-1: fail',
      'list-p95',
      'As handed out',
      '102 statements before the change',
      '3 of 900 requests failed',
      '<span class="added">+new</span>',
      'Shows the loop in a trace.',
      'Each row of the page is looked up by a statement of its own.',
      'starts processes or threads',
      'Search orders (review-order-search)',
      'words-become-sql (critical)',
    ])
      expect(page()).toContain(text);
  });

  it('is one page without scripts and without anything from elsewhere', () => {
    expect(page()).not.toMatch(/<script|<link|src=|href=/);
    expect(page()).toContain("default-src 'none'");
  });

  it('shows whatever a candidate wrote as text', () => {
    const event = { seq: 1, at: '2026-11-24T12:00:00Z', type: 'note.added', text: hostile } as const;
    const written = page({
      diagnosis: hostile,
      changes: `+${hostile}\n`,
      events: [event, { ...event, at: hostile }],
      scorecard: { ...exampleScorecard, reasons: [hostile], concerns: [hostile] },
    });
    expect(written).not.toMatch(/<script|<img/);
    expect(written.match(/&lt;script&gt;/g)?.length).toBeGreaterThanOrEqual(5);
  });

  it('goes without what is not there', () => {
    const refused = { ...exampleScorecard, grade: 'refused', arms: [], concerns: [], changes: [] } as const;
    expect(page({ scorecard: refused, diagnosis: undefined, changes: '' })).toContain('Nothing was changed.');
  });

  it('is JUnit for machines, too', () => {
    const junit = renderGradedJUnit(exampleScorecard);
    expect(junit).toContain('<testsuite name="ada-1" tests="1" failures="1" errors="0">');
    expect(junit).toContain('<failure message="it was 300 ms; the bound is 100 ms">');
    expect(renderGradedJUnit({ ...exampleScorecard, grade: 'refused', arms: [], reasons: ['<x>'] })).toContain(
      '&lt;x&gt;',
    );
  });
});

describe('html', () => {
  it('is text whatever is put into it, unless it is html', () => {
    expect(html`<p title="${'"'}">${'<b>'}${html`<i>${"it's"}</i>`}${undefined}${[1, '&']}</p>`.markup).toBe(
      '<p title="&quot;">&lt;b&gt;<i>it&#39;s</i>1&amp;</p>',
    );
  });
});
