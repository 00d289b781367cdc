import { describe, expect, it } from 'vitest';
import { gradeReview, type PlantedIssue } from '../../../harness/domain/review.ts';
import { parseReview } from '../../../harness/domain/review-comments.ts';

const issue = (name: string, severity: PlantedIssue['severity'], from: number, to: number): PlantedIssue => ({
  name,
  severity,
  places: [{ file: 'src/a.ts', from, to }],
  consequence: '',
  teaches: '',
});
const exercise = {
  issues: [issue('herd', 'high', 10, 14), issue('ban', 'critical', 30, 30), issue('names', 'low', 50, 51)],
  nonIssues: [20, 29].map((line) => ({
    place: { file: 'src/a.ts', from: line, to: line },
    why: 'the list is bounded',
  })),
};
const grade = (text: string) => gradeReview(exercise, parseReview(text));
const namesOf = (text: string) => grade(text).found.map(({ issue: { name } }) => name);

describe('comments', () => {
  it('are read from Markdown, as headings or as a list', () => {
    expect(
      parseReview(
        '# Review\n\n### `src/a.ts:10-14` (high)\nWho waits?\nAll of them.\n\n- src/b/c.sql:3 [Low]: why\n- **src/a.ts:9** – hm',
      ),
    ).toEqual([
      { file: 'src/a.ts', from: 10, to: 14, severity: 'high', text: 'Who waits?\nAll of them.' },
      { file: 'src/b/c.sql', from: 3, to: 3, severity: 'low', text: 'why' },
      { file: 'src/a.ts', from: 9, to: 9, text: 'hm' },
    ]);
  });

  it('are read from the diff, below the line they are about', () => {
    const diff = [
      'diff --git a/src/a.ts b/src/a.ts',
      '--- a/src/a.ts',
      '+++ b/src/a.ts',
      '@@ -8,3 +9,4 @@ function a() {',
      ' one',
      '-gone',
      '+two',
      '# (critical) this is line 10',
      '# and goes on',
      '+three',
      '# and this 11',
    ];
    expect(parseReview(diff.join('\n'))).toEqual([
      { file: 'src/a.ts', from: 10, to: 10, severity: 'critical', text: 'this is line 10\nand goes on' },
      { file: 'src/a.ts', from: 11, to: 11, text: 'and this 11' },
    ]);
  });
});

describe('a review', () => {
  it('finds what it has a comment on, or right beside', () => {
    expect(namesOf('- src/a.ts:8: x\n- src/a.ts:31: y')).toEqual(['herd', 'ban']);
    expect(namesOf('- src/a.ts:7: x\n- src/b.ts:30: y')).toEqual([]);
    expect(namesOf('- src/a.ts:29: what only looks wrong is not beside it')).toEqual([]);
    expect(namesOf('- src/a.ts:29-30: both')).toEqual(['ban']);
  });

  it('misses the rest, and is told of false alarms and of what nobody had planted', () => {
    const { missed, falseAlarms, others } = grade('- src/a.ts:30: x\n- src/a.ts:20: endless?\n- src/a.ts:90: nice');
    expect(missed.map(({ name }) => name)).toEqual(['herd', 'names']);
    expect(falseAlarms).toMatchObject([{ comment: { text: 'endless?' }, why: 'the list is bounded' }]);
    expect(others).toMatchObject([{ text: 'nice' }]);
  });

  it('ranks right when nothing graver is below something lighter', () => {
    expect(grade('- src/a.ts:30 (critical): x\n- src/a.ts:12 (medium): y').rankedRight).toBe(true);
    expect(grade('- src/a.ts:30 (high): x\n- src/a.ts:12 (high): y').rankedRight).toBe(true);
    expect(grade('- src/a.ts:30 (low): x\n- src/a.ts:12 (high): y').rankedRight).toBe(false);
    expect(grade('- src/a.ts:30 (high): x\n- src/a.ts:12: y').rankedRight).toBeUndefined();
  });
});
