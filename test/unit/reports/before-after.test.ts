import { describe, expect, it } from 'vitest';
import { compareFigures } from '../../../harness/reports/before-after.ts';
import { story } from '../../support/story.ts';

const row = (label: string, events = story) =>
  compareFigures(events, undefined).find((comparison) => comparison.label === label);

describe('compareFigures', () => {
  it('compares the incident before the first deploy with the time after the last, leaving out the roll-out', () => {
    expect(row('list accounts: p95')).toEqual({
      label: 'list accounts: p95',
      unit: 'ms',
      before: 501,
      after: 7.1,
      hold: undefined,
    });
    expect(row('statements per request')).toMatchObject({ before: 41.3, after: 2 });
    expect(row('errors')).toMatchObject({ before: 1.2, after: 0 });
  });

  it('has nothing after without a live deploy', () => {
    const undeployed = story.filter((event) => event.type !== 'deploy.finished' && event.seq < 22);
    expect(row('list accounts: p95', undeployed)).toMatchObject({ before: 501, after: undefined });
  });

  it('does not count what was sampled after the submission', () => {
    const submitted = story.findIndex((event) => event.type === 'submitted');
    const sampled = story.findIndex((event) => event.type === 'live.sampled');
    const later = [...story.slice(0, submitted + 1), { ...story[sampled]!, at: '2026-11-23T11:00:00.000Z' }];
    expect(row('list accounts: p95', later)).toMatchObject({ after: 7.1 });
  });
});
