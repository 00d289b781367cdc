import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Header, type HeaderData } from 'tar';
import type { TakeHome } from '../../harness/domain/take-home.ts';
import { removeTemporaryDirectory, temporaryDirectory } from '../../harness/platform/files.ts';
import { createWorkspace, git } from '../../harness/run/workspace.ts';
import { variantDigest } from '../../harness/take-home/variant-digest.ts';

/** One entry of a tar archive, as somebody who does not use our tools may write it. */
export type Entry = Pick<HeaderData, 'path' | 'type' | 'linkpath' | 'mode'> & { readonly text?: string };

const block = 512;

/** A gzipped tar archive with exactly these entries, whatever they are. */
export function archiveOf(entries: readonly Entry[]): Buffer {
  const blocks = entries.flatMap(({ text = '', ...entry }) => {
    const body = Buffer.from(text);
    const header = Buffer.alloc(block);
    new Header({ type: 'File', mode: 0o644, mtime: new Date(0), size: body.length, ...entry }).encode(header);
    return [header, body, Buffer.alloc((block - (body.length % block)) % block)];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(2 * block)]));
}

const canary = 'gameday take-home 00000000-0000-4000-8000-000000000000';

/** The take-home of a submission as it would come back. */
export function takeHomeFor(
  scenario: string,
  variant: string,
  candidate = 'ada-1',
): TakeHome & { readonly run: string; readonly scenario: string } {
  return {
    ...{ format: 1, candidate, hours: 3, packedOn: '2026-11-20', canary, run: '20261124-101500-run', scenario },
    handOuts: [],
    exercises: [{ scenario, variant: variantDigest(canary, variant) }],
  };
}

/** What an honest candidate sends, entry by entry. */
export function honestEntries(
  takeHome: object,
  changes: string,
  others: Readonly<Record<string, string>> = {},
): readonly Entry[] {
  const files = { 'take-home.json': JSON.stringify(takeHome), 'workspace.patch': changes, ...others };
  return [
    { path: 'submission/', type: 'Directory', mode: 0o755 },
    ...Object.entries(files).map(([name, text]) => ({ path: `submission/${name}`, text })),
  ];
}

/** What `edit` changes in a workspace, as the patch that comes with a submission. */
export async function changesBy(
  edit: (workspace: string) => Promise<void>,
  handedOut: readonly string[] = [],
): Promise<string> {
  const scratch = temporaryDirectory('changes-by');
  try {
    const app = join(scratch, 'app');
    await createWorkspace(app, handedOut);
    await edit(app);
    await git(app, 'add', '--all', '--force');
    return `${await git(app, 'diff', '--cached', '--binary', '--no-renames')}\n`;
  } finally {
    removeTemporaryDirectory(scratch);
  }
}

/** Replaces the one place of a file that reads `from`. */
export async function replaceIn(file: string, from: string, to: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  if (text.split(from).length !== 2) throw new Error(`${file} has not exactly one ${JSON.stringify(from)}`);
  await writeFile(
    file,
    text.replace(from, () => to),
  );
}
