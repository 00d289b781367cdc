import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The absolute path of the file that an `--out` means: of a folder that exists, the file of the usual name in it. */
export function targetFile(out: string, usual: string): string {
  const place = resolve(out);
  return statSync(place, { throwIfNoEntry: false })?.isDirectory() ? join(place, usual) : place;
}
