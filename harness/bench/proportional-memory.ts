import { readdir, readFile } from 'node:fs/promises';

/**
 * Bytes of memory that a process and all its descendants take up together: the sum of their proportional set sizes (Pss of proc(5)), in which a page
 * that several share counts once. Linux only.
 */
export async function proportionalMemory(root: number): Promise<number> {
  const parents = new Map<number, number>();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await text(`/proc/${name}/stat`);
    // The command's name, in parentheses, may itself contain spaces; state and parent follow the last one.
    parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
  }
  const descends = (pid: number): boolean => pid === root || (parents.has(pid) && descends(parents.get(pid)!));
  const sizes = await Promise.all([...parents.keys()].filter(descends).map((pid) => text(`/proc/${pid}/smaps_rollup`)));
  return sizes.reduce((sum, size) => sum + Number(/^Pss:\s+(\d+) kB/m.exec(size)?.[1] ?? 0) * 1_024, 0);
}

/** Empty for a process that has ended meanwhile. */
const text = (path: string) => readFile(path, 'utf8').catch(() => '');
