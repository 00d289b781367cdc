import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { projectRoot, removeTemporaryDirectory, temporaryDirectory } from '../../../harness/platform/files.ts';
import { applyPatch, createPatchedApp, createWorkspace } from '../../../harness/run/workspace.ts';
import { changesOf } from '../../../harness/take-home/changes.ts';
import { redact } from '../../../harness/take-home/redact.ts';

let directory: string;
let workspace: string;

beforeEach(async () => {
  directory = temporaryDirectory('changes-test');
  workspace = join(directory, 'workspace');
  await createWorkspace(workspace);
});

afterEach(() => removeTemporaryDirectory(directory));

describe('the changes of a workspace', () => {
  it('make the same app again: what was changed, added and removed, whether or not it was committed', async () => {
    appendFileSync(join(workspace, 'src', 'config.ts'), '// changed');
    writeFileSync(join(workspace, 'migrations', '0007_more.sql'), 'SELECT 1;\n');
    rmSync(join(workspace, 'src', 'tracing.ts'));
    rmSync(join(workspace, '.git'), { recursive: true });
    const patch = join(directory, 'changes.patch');
    writeFileSync(patch, await changesOf(workspace, []));

    const again = join(directory, 'again');
    await createPatchedApp(again, []);
    await applyPatch(again, patch);
    for (const name of ['src/config.ts', 'migrations/0007_more.sql'])
      expect(readFileSync(join(again, name), 'utf8')).toBe(readFileSync(join(workspace, name), 'utf8'));
    expect(() => readFileSync(join(again, 'src', 'tracing.ts'))).toThrow('ENOENT');
  });

  it('are nothing where source and migrations are as they were', async () => {
    writeFileSync(join(workspace, 'package.json'), '{}\n');
    expect(await changesOf(workspace, [])).toBe('');
  });
});

describe('what a submission leaves out', () => {
  it('is where things lie, passwords and tokens, and no word of what was measured', () => {
    const told = `${projectRoot}/runs ${homedir()}/x postgres://reader:secret@127.0.0.1/app st_${'a'.repeat(32)} node of a plan`;
    expect(redact(told)).toBe(
      '<take-home>/runs <home>/x postgres://reader:<password>@127.0.0.1/app st_<token> node of a plan',
    );
  });
});
