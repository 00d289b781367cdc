import { ExitCode, GamedayError, messageOf } from '../../domain/errors.ts';
import { plainText } from '../../reports/plain-text.ts';
import type { Terminal } from './terminal.ts';

/** Says what happened, why, and what to do next, on stderr; returns the exit code that goes with it. */
export function printError(error: unknown, terminal: Terminal): ExitCode {
  const problem = error instanceof GamedayError ? error : defect(error);
  const { code, message, hint, exitCode } = problem;
  if (terminal.json) {
    terminal.err(JSON.stringify({ error: { code, message, hint, exitCode } }));
    return exitCode;
  }
  const { errPaint: paint } = terminal;
  const why = problem.cause === undefined || error !== problem ? undefined : messageOf(problem.cause);
  terminal.err(`${paint('red', 'error:')} ${paint('bold', indented(message))} ${paint('dim', `[${code}]`)}`);
  if (why !== undefined && !message.includes(why)) terminal.err(`  ${paint('dim', 'why:')}  ${indented(why)}`);
  if (hint !== undefined) terminal.err(`  ${paint('dim', 'next:')} ${indented(hint)}`);
  if (terminal.streams.env.GAMEDAY_DEBUG && error instanceof Error) terminal.err(paint('dim', error.stack ?? ''));
  return exitCode;
}

function defect(error: unknown): GamedayError {
  return new GamedayError({
    code: 'INTERNAL',
    message: `This is a defect of gameday: ${messageOf(error)}`,
    hint: 'run the command again with GAMEDAY_DEBUG=1 and report what it prints',
    exitCode: ExitCode.internal,
    cause: error,
  });
}

function indented(text: string): string {
  return plainText(text).trimEnd().split('\n').join('\n        ');
}
