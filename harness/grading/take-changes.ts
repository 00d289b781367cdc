import { writeFile } from 'node:fs/promises';
import { messageOf, usageError } from '../domain/errors.ts';
import type { ChangedFile } from '../domain/scorecard.ts';
import { createWorkspace, git } from '../run/workspace.ts';

/** What of an app a candidate may change: its source and its migrations. */
const allowed = /^(?:src\/(?:[\w-]+\/)*[\w.-]+\.ts|migrations\/\d{4}_\w+\.sql)$/;
const plainFile = '100644';
const gone = '000000';

/**
 * Applies a candidate's changes to a copy of the employer's own app, and looks at what became of it rather than at what the patch says. `directory`, which must not exist, is that
 * copy; `patch`, the file that the changes are written to, can be applied again.
 *
 * @param handedOut patches that the workspace began with
 * @throws usageError `CHANGES_REFUSED` naming every file that is none of source and migrations, or no plain file
 */
export async function takeChanges(
  { changes, handedOut }: { readonly changes: string; readonly handedOut: readonly string[] },
  { directory, patch }: { readonly directory: string; readonly patch: string },
): Promise<readonly ChangedFile[]> {
  await createWorkspace(directory, handedOut);
  await writeFile(patch, changes);
  if (changes.trim() === '') return [];
  try {
    await git(directory, 'apply', '--index', '--whitespace=nowarn', patch);
  } catch (error) {
    throw changesRefused([`they don't apply to the app: ${messageOf(error)}`]);
  }
  const raw = await git(directory, 'diff', '--cached', '--raw', '--no-renames', '--no-abbrev', '-z', 'HEAD');
  const objections = changedPaths(raw).flatMap(({ path, mode }) => {
    if (!allowed.test(path)) return [`${JSON.stringify(path)} is neither source nor a migration`];
    return mode === plainFile || mode === gone ? [] : [`${path} is no plain file (mode ${mode})`];
  });
  const counts = await git(directory, 'diff', '--cached', '--numstat', '--no-renames', 'HEAD');
  const files = counts.split('\n').map((line) => {
    const [added, removed, path = ''] = line.split('\t');
    return { path, added: Number(added), removed: Number(removed) };
  });
  // Git counts no lines of what is not text.
  const binary = files.filter(({ added }) => Number.isNaN(added)).map(({ path }) => `${path} is no text`);
  if (objections.length + binary.length > 0) throw changesRefused([...objections, ...binary]);
  return files;
}

/** Of `git diff --raw -z`: `:<mode> <mode> <hash> <hash> <status>`, then the path. */
function changedPaths(raw: string): readonly { readonly path: string; readonly mode: string }[] {
  const fields = raw.split('\0').filter((field) => field !== '');
  return fields.flatMap((field, i) =>
    field.startsWith(':') ? [{ mode: field.split(' ')[1]!, path: fields[i + 1]! }] : [],
  );
}

function changesRefused(objections: readonly string[]): Error {
  return usageError(
    'CHANGES_REFUSED',
    `The changes are refused: ${objections.join('; ')}.`,
    `Source (src/**/*.ts) and migrations (migrations/NNNN_name.sql) are taken, nothing else.`,
  );
}
