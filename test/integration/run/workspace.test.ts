import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removeTemporaryDirectory, temporaryDirectory } from '../../../harness/platform/files.ts';
import { buildApp } from '../../../harness/run/build-app.ts';
import { discoverScenarios } from '../../../harness/run/catalogue.ts';
import { planArms } from '../../../harness/run/proof-arms.ts';
import { createPatchedApp, createWorkspace } from '../../../harness/run/workspace.ts';

let directory: string;

beforeEach(() => {
  directory = temporaryDirectory('workspace');
});

afterEach(() => removeTemporaryDirectory(directory));

describe('a workspace', () => {
  it('is a git repository of its own with one commit and nothing changed', async () => {
    const workspace = join(directory, 'workspace');
    await createWorkspace(workspace);
    const git = async (...args: string[]) => (await execa('git', args, { cwd: workspace })).stdout;
    expect(await git('status', '--porcelain')).toBe('');
    expect((await git('log', '--oneline')).split('\n')).toHaveLength(1);
    expect(existsSync(join(workspace, 'src', 'api.ts'))).toBe(true);
  });

  it('has a commit of its own for a change that is handed out with it', async () => {
    const patch = join(directory, 'change.patch');
    const difference = '--- /dev/null\n+++ b/NOTES.md\n@@ -0,0 +1 @@\n+The API is called Tradepost.\n';
    writeFileSync(patch, `The API is called so\n\n${difference}`);
    const workspace = join(directory, 'workspace');
    await createWorkspace(workspace, [patch]);
    const git = async (...args: string[]) => (await execa('git', args, { cwd: workspace })).stdout;
    expect(await git('status', '--porcelain')).toBe('');
    expect((await git('log', '--format=%s')).split('\n')[0]).toBe('The API is called so');
    expect(await git('show', '--stat', '--format=')).toContain('NOTES.md');
  });

  it('refuses a patch that does not fit, naming it, and changes nothing', async () => {
    const patch = join(directory, 'wrong.patch');
    writeFileSync(patch, '--- a/src/api.ts\n+++ b/src/api.ts\n@@ -1,1 +1,1 @@\n-not this line\n+another\n');
    const app = join(directory, 'app');
    await expect(createPatchedApp(app, [patch])).rejects.toMatchObject({
      code: 'PATCH_REJECTED',
      exitCode: 2,
      message: expect.stringContaining('wrong.patch'),
    });
    expect(readFileSync(join(app, 'src', 'api.ts'), 'utf8')).not.toContain('another');
  });

  it('that does not compile is refused with file and line', async () => {
    const app = join(directory, 'app');
    await createPatchedApp(app, []);
    writeFileSync(join(app, 'src', 'config.ts'), 'export const = 3;\n');
    await expect(buildApp(app, join(directory, 'build'))).rejects.toMatchObject({
      code: 'BUILD_FAILED',
      message: expect.stringContaining('src/config.ts:1:'),
    });
  });
});

describe('the patches of every scenario', () => {
  it('apply to the app as it is handed out, alone and all solutions together, and build', async () => {
    const { scenarios, problems } = await discoverScenarios();
    expect(problems).toEqual([]);
    expect(scenarios.length).toBeGreaterThanOrEqual(5);
    for (const scenario of scenarios) {
      const arms = await planArms(scenario, scenario.variants.slice(0, 1));
      const count = (kind: string) => arms.filter((arm) => arm.kind === kind).length;
      // The solution, at least one different repair beside "all solutions", and three decoys.
      expect([count('solution'), count('accepted') >= 2, count('decoy') >= 3], scenario.id).toEqual([1, true, true]);
      const checks = scenario.variants.flatMap((variant) =>
        scenario.definition.plan(scenario.definition.variants[variant]).objectives.map((check) => check.name),
      );
      const building = arms.map(async (arm) => {
        const app = join(directory, scenario.id, arm.name);
        await createPatchedApp(app, arm.patches);
        if (arm.runningPatches) await createPatchedApp(`${app} before`, arm.runningPatches);
        await buildApp(app, join(directory, scenario.id, `${arm.name} build`));
        if (arm.caughtBy !== undefined) expect(checks, `${scenario.id}: ${arm.name}`).toContain(arm.caughtBy);
      });
      await Promise.all(building);
    }
  }, 120_000);
});
