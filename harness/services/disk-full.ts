import { environmentError, GamedayError, messageOf } from '../domain/errors.ts';

/** PostgreSQL's SQLSTATE `disk_full` (https://www.postgresql.org/docs/18/errcodes-appendix.html), and what the operating system calls it. */
const codes: ReadonlySet<unknown> = new Set(['53100', 'ENOSPC', 'EDQUOT']);
const words = /no space left on device|disk quota exceeded/i;

/** What to do about a full disk. */
export const freeSomeSpace =
  'Free some space (`gameday clean` removes old runs and databases), or point GAMEDAY_CACHE and GAMEDAY_RUNS to another disk.';

/**
 * The error `DISK_FULL` when `error` says that a disk or a quota is full, whoever noticed it: PostgreSQL, a program or Node. Undefined for any other trouble.
 * @param what what could not be done, as a message begins: `PostgreSQL could not be started`
 */
export function diskFull(error: unknown, what: string): GamedayError | undefined {
  if (error instanceof GamedayError && error.code === 'DISK_FULL') return error;
  const text = messageOf(error);
  if (!codes.has((error as { code?: unknown } | null | undefined)?.code) && !words.test(text)) return undefined;
  // A program says much before.
  const reason = text.split('\n').find((line) => words.test(line)) ?? text;
  return environmentError('DISK_FULL', `${what}, because a disk is full: ${reason.trim()}`, freeSomeSpace);
}
