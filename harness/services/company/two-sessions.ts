import type pg from 'pg';

/** Work that one session does. */
export interface SeedingTask {
  readonly name: string;
  /** Names of tasks that have to be finished first. */
  readonly after: readonly string[];
  /** Share of the whole, in any unit, for progress. */
  readonly cost: number;
  run(client: pg.ClientBase): Promise<void>;
}

/**
 * Runs tasks in parallel, one per session: a free session takes the first task of the list that may start.
 * Rejects with the failure that came first once the tasks under way have ended. `after` must not be circular.
 */
export async function runInSessions(
  sessions: readonly pg.ClientBase[],
  tasks: readonly SeedingTask[],
  onDone: (task: SeedingTask) => void,
): Promise<void> {
  const waiting = [...tasks];
  const failures: unknown[] = [];
  const unfinished = new Set(tasks.map((task) => task.name));
  let wake = () => {};
  let changed = new Promise<void>(() => {});
  const renew = () => {
    wake();
    changed = new Promise((resolve) => {
      wake = resolve;
    });
  };
  renew();

  const work = async (session: pg.ClientBase) => {
    while (waiting.length > 0) {
      const next = waiting.findIndex((task) => task.after.every((name) => !unfinished.has(name)));
      if (next < 0) {
        await changed;
        continue;
      }
      const [task] = waiting.splice(next, 1) as [SeedingTask];
      try {
        await task.run(session);
        unfinished.delete(task.name);
        onDone(task);
      } catch (error) {
        waiting.length = 0;
        failures.push(error);
      } finally {
        renew();
      }
    }
  };
  await Promise.all(sessions.map(work));
  if (failures.length > 0) throw failures[0];
}
