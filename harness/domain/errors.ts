/**
 * Exit codes of every command (DESIGN.md section 8). 99 is k6's code for "thresholds crossed", kept so that CI jobs written for k6 read ours.
 */
export const ExitCode = {
  ok: 0,
  internal: 1,
  usage: 2,
  environment: 3,
  objectivesNotMet: 99,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** What a user is told when something goes wrong: what happened, and what to do next. */
export interface Problem {
  /** Stable, greppable name, for example `SCENARIO_UNKNOWN`. */
  readonly code: string;
  /** One sentence: what was wrong and where. */
  readonly message: string;
  /** The next command or the allowed values. */
  readonly hint?: string;
  readonly exitCode: ExitCode;
  readonly cause?: unknown;
}

/** The only error class of the project. Anything else that reaches the command line is a defect of ours (exit code 1). */
export class GamedayError extends Error {
  readonly code: string;
  readonly hint: string | undefined;
  readonly exitCode: ExitCode;

  constructor(problem: Problem) {
    super(problem.message, { cause: problem.cause });
    this.name = 'GamedayError';
    this.code = problem.code;
    this.hint = problem.hint;
    this.exitCode = problem.exitCode;
  }
}

/** Bad input or an invalid scenario: exit code 2. */
export function usageError(code: string, message: string, hint?: string): GamedayError {
  return new GamedayError({ code, message, hint, exitCode: ExitCode.usage });
}

/** The machine lacks something the command needs: exit code 3. */
export function environmentError(code: string, message: string, hint?: string, cause?: unknown): GamedayError {
  return new GamedayError({ code, message, hint, cause, exitCode: ExitCode.environment });
}

/** The readable part of anything thrown. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.map(messageOf).join('; ');
  return error instanceof Error ? error.message || error.name : String(error);
}
