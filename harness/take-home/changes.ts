import { existsSync } from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { removeTemporaryDirectory, temporaryDirectory } from '../platform/files.ts';
import { createWorkspace, git } from '../run/workspace.ts';

/** What of a workspace is the candidate's work: source and migrations. */
const takenFolders = ['src', 'migrations'];

/**
 * The difference between the app as it was handed out and a workspace, in source and migrations, as one patch with paths relative to the app; empty without any. Whatever the
 * workspace's own git repository says: it compares the files.
 *
 * @param handedOut patches that the workspace began with
 * @throws GamedayError when git is missing or fails
 */
export async function changesOf(workspace: string, handedOut: readonly string[]): Promise<string> {
  const scratch = temporaryDirectory('changes');
  try {
    const app = join(scratch, 'app');
    await createWorkspace(app, handedOut);
    for (const folder of takenFolders) {
      await rm(join(app, folder), { recursive: true });
      if (existsSync(join(workspace, folder)))
        await cp(join(workspace, folder), join(app, folder), { recursive: true, verbatimSymlinks: true });
    }
    await git(app, 'add', '--all', '--force');
    const difference = await git(app, 'diff', '--cached', '--no-renames', '--no-ext-diff', '--full-index');
    return difference === '' ? '' : `${difference}\n`;
  } finally {
    removeTemporaryDirectory(scratch);
  }
}
