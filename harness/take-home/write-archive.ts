import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { create } from 'tar';
import { removeTemporaryDirectory, temporaryDirectory } from '../platform/files.ts';
import type { PackedFiles } from './packed-files.ts';

/** Writes files as a gzipped tar archive with one folder; what begins with `#!` can be run. Nobody ever sees half of it. */
export async function writeArchive(files: PackedFiles, folder: string, archive: string): Promise<void> {
  const scratch = temporaryDirectory('archive');
  const draft = `${archive}.${randomUUID()}.tmp`;
  try {
    for (const [path, text] of files) {
      const target = join(scratch, folder, path);
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, text, { mode: text.startsWith('#!') ? 0o755 : 0o644 });
    }
    await mkdir(dirname(archive), { recursive: true });
    await create({ file: draft, cwd: scratch, gzip: true, portable: true }, [folder]);
    await rename(draft, archive);
  } finally {
    await rm(draft, { force: true });
    removeTemporaryDirectory(scratch);
  }
}
