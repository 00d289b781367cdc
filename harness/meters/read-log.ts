import { open } from 'node:fs/promises';

/** More than this at once is read from its end only. */
const maxBytes = 32 * 1024 * 1024;

/** What was written to a log since `offset`, and where it ends now; of very much, the end. */
export async function readLog(path: string, offset: number): Promise<{ readonly text: string; readonly end: number }> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    // A shorter log was truncated: all of it is new.
    const from = Math.max(size < offset ? 0 : offset, size - maxBytes);
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(size - from), position: from });
    return { text: buffer.toString('utf8', 0, bytesRead), end: from + bytesRead };
  } finally {
    await file.close();
  }
}
