import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findScenario } from '../../../harness/run/catalogue.ts';
import { planArms } from '../../../harness/run/proof-arms.ts';

const scenario = await findScenario('slow-account-list');
const [first, sibling] = scenario.variants as [string, string];

describe('the arms of a proof', () => {
  it('are all of the first variant, and of its siblings the flawed app and the solution', async () => {
    const arms = await planArms(scenario, scenario.variants);
    expect(arms.filter(({ variant }) => variant === first).length).toBeGreaterThan(5);
    expect(arms.filter(({ variant }) => variant === sibling).map(({ name }) => name)).toEqual(['flawed', 'solution']);
  });

  it('are the flawed app and those that are asked for', async () => {
    const arms = await planArms(scenario, [first], ['solution']);
    expect(arms.map(({ name }) => name)).toEqual(['flawed', 'solution']);
  });

  it('begin with the change that is handed out undeployed, where there is one', async () => {
    const deploy = await findScenario('deploy-at-noon');
    const handedOut = join(deploy.folder, 'handed-out.patch');
    const arms = await planArms(deploy, deploy.variants.slice(0, 1));
    for (const { name, patches } of arms.filter((arm) => arm.name !== 'all solutions'))
      expect(patches[0], name).toBe(handedOut);
    expect(arms.find(({ name }) => name === 'flawed')?.patches).toEqual([handedOut]);

    const everything = arms.find(({ name }) => name === 'all solutions');
    expect(everything?.patches).toContain(handedOut);
    const others = everything?.patches.filter((patch) => !patch.startsWith(deploy.folder));
    expect(everything?.runningPatches).toEqual(others);
  });

  it('have to be there, and so have variants', async () => {
    await expect(planArms(scenario, [first], ['solutoin'])).rejects.toMatchObject({
      code: 'ARM_UNKNOWN',
      hint: expect.stringContaining('solution'),
    });
    await expect(planArms(scenario, ['nobody'])).rejects.toMatchObject({
      code: 'VARIANT_UNKNOWN',
      hint: expect.stringContaining(first),
    });
  });
});
