import { expect, it } from 'vitest';
import { describeDeploy } from '../../../harness/cli/live/describe-deploy.ts';

const harm = {
  seconds: 3,
  requests: 340,
  failed: 12,
  failedShare: 12 / 340,
  budgetBurn: 7,
  heldUp: { seconds: 2, atOnce: 20, longestMs: 1_900 },
  jobsFailed: 0,
  worstP95Ms: 1_200.4,
};
const meanwhile =
  'Meanwhile 12 of 340 requests failed (3.53 %), p95 was 1,200 ms at worst, up to 20 statements waited for a table, for 1.9 s at most.';

it('a deploy tells what callers came to harm meanwhile, where there were any', () => {
  const live = { deploy: 1, ok: true, seconds: 2.4, migrations: [] };
  expect(describeDeploy(live)).toBe('✔ Deploy 1 is live after 2.4 s (no new migrations).');
  expect(describeDeploy({ ...live, harm })).toBe(`${describeDeploy(live)}\n  ${meanwhile}`);
});

it('a refused one does, too', () => {
  const told = describeDeploy({
    deploy: 2,
    ok: false,
    seconds: 9,
    migrations: [],
    stage: 'migrate',
    problem: 'no',
    harm,
  });
  expect(told).toBe(
    `✘ Deploy 2 was refused at migrate after 9.0 s; the old version keeps serving.\n  ${meanwhile}\nno`,
  );
});
