import type { ProcessTimes } from './processor-times.ts';

interface Member extends ProcessTimes {
  /** Already counted as time of children that are gone, but not yet seen in `reaped`. */
  readonly owed: number;
}

/**
 * Adds up the processor time of a process and all its descendants over successive readings of all processes. The returned function takes the next
 * reading and gives the seconds used since the first one.
 *
 * A process that was once a descendant stays one when its parent ends before it. One that ends keeps what it was last seen to have used; the rest,
 * and everything that came and went between two readings, arrives in the `reaped` time of the ancestor that outlives it, less what was counted.
 */
export function treeTime(root: number): (processes: readonly ProcessTimes[]) => number {
  let members: ReadonlyMap<number, Member> | undefined;
  let used = 0;
  return (processes) => {
    const before = members ?? new Map<number, Member>();
    const family = familyOf(root, processes, before);
    const gone = [...before.values()].filter((member) => !isSame(member, family.get(member.pid)));
    const after = new Map<number, Member>();
    for (const now of family.values()) {
      const was = isSame(now, before.get(now.pid)) ? before.get(now.pid) : undefined;
      const counted = gone
        .filter((member) => heirOf(member, before, family) === now.pid)
        .reduce((sum, { own, reaped }) => sum + own + reaped, 0);
      const news = now.reaped - (was?.reaped ?? 0) - (was?.owed ?? 0) - counted;
      if (members !== undefined) used += now.own - (was?.own ?? 0) + Math.max(0, news);
      // What has not arrived by the next reading never will: it ended elsewhere.
      after.set(now.pid, { ...now, owed: Math.min(counted, Math.max(0, -news)) });
    }
    members = after;
    return used;
  };
}

function familyOf(root: number, processes: readonly ProcessTimes[], before: ReadonlyMap<number, ProcessTimes>) {
  const family = new Map<number, ProcessTimes>();
  const isOurs = (one: ProcessTimes) => one.pid === root || family.has(one.parent) || isSame(one, before.get(one.pid));
  for (let rest = processes; ; ) {
    const found = rest.filter(isOurs);
    if (found.length === 0) return family;
    for (const one of found) family.set(one.pid, one);
    rest = rest.filter(({ pid }) => !family.has(pid));
  }
}

/** The nearest ancestor that is still there. */
function heirOf(
  gone: ProcessTimes,
  before: ReadonlyMap<number, ProcessTimes>,
  family: ReadonlyMap<number, ProcessTimes>,
): number | undefined {
  const parent = before.get(gone.parent);
  if (parent === undefined) return undefined;
  return isSame(parent, family.get(parent.pid)) ? parent.pid : heirOf(parent, before, family);
}

function isSame(a: ProcessTimes, b: ProcessTimes | undefined): boolean {
  return a.pid === b?.pid && a.startedAt === b.startedAt;
}
