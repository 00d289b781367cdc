import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Bytes that a directory and everything in it take on disk; what vanishes meanwhile counts nothing. */
export function directorySize(path: string): number {
  try {
    const stats = lstatSync(path);
    // Seeded databases are sparse and reflinked: blocks say what is really taken, in units of 512 bytes (POSIX st_blocks).
    const own = stats.blocks * 512;
    if (!stats.isDirectory()) return own;
    return readdirSync(path).reduce((sum, name) => sum + directorySize(join(path, name)), own);
  } catch {
    return 0;
  }
}

/** `1.4 GiB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), units.length - 1);
  const value = bytes / 1024 ** power;
  return `${value.toFixed(power === 0 || value >= 100 ? 0 : 1)} ${units[power]}`;
}
