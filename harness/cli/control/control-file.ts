import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How to reach a running game day: kept in its run's directory, readable by its user only. */
export interface ControlAddress {
  readonly url: string;
  readonly token: string;
  readonly pid: number;
}

const fileName = 'control.json';

/** Writes the address so that no reader ever sees half of it, and nobody but this user sees the token. */
export function writeControlFile(directory: string, address: ControlAddress): void {
  const draft = join(directory, `${fileName}.${randomUUID()}.tmp`);
  writeFileSync(draft, JSON.stringify(address), { mode: 0o600, flag: 'wx' });
  renameSync(draft, join(directory, fileName));
}

/** The address in a run's directory, or undefined when there is none. */
export function readControlFile(directory: string): ControlAddress | undefined {
  try {
    const { url, token, pid } = JSON.parse(readFileSync(join(directory, fileName), 'utf8')) as Partial<ControlAddress>;
    return url !== undefined && token !== undefined && pid !== undefined ? { url, token, pid } : undefined;
  } catch {
    return undefined;
  }
}

/** Does nothing when there is none. */
export function removeControlFile(directory: string): void {
  rmSync(join(directory, fileName), { force: true });
}
