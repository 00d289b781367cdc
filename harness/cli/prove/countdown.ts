import { formatDuration } from '../../reports/format.ts';

/** Tells after every play how many there still are, and about how long they take. */
export interface Countdown {
  /** A play is over that had another beside it. */
  beside(): string;
  /** A play is over that had the machine to itself. */
  alone(): string;
}

/**
 * Counts plays down. One that has the machine to itself is taken to last as long as those that would be played at a time otherwise.
 * @param plays how many of each sort are going to be played
 * @param jobs how many are played beside each other
 * @param withinMs milliseconds after which no more is begun but what has to be played
 */
export function countdown(
  plays: { readonly beside: number; readonly alone: number },
  jobs: number,
  withinMs = Number.POSITIVE_INFINITY,
): Countdown {
  const all = plays.beside + plays.alone;
  const started = performance.now();
  let played = 0;
  const turns = plays.beside + plays.alone * jobs;
  let taken = 0;
  const after = (turnsOfIt: number) => {
    played++;
    taken += turnsOfIt;
    if (played >= all) return `${all}/${all}`;
    const elapsed = performance.now() - started;
    if (elapsed >= withinMs) return `${played}/${all}, time is up`;
    const left = Math.min((elapsed / taken) * (turns - taken), withinMs - elapsed);
    return `${played}/${all}, about ${formatDuration(left)} left`;
  };
  return { beside: () => after(1), alone: () => after(jobs) };
}
