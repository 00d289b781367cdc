import { ExitCode, GamedayError } from '../domain/errors.ts';

const exitCodes = {
  SIGINT: ExitCode.interrupted,
  SIGTERM: ExitCode.terminated,
  SIGHUP: ExitCode.terminated,
} as const;

let controller: AbortController | undefined;

/**
 * Aborts on the first SIGINT, SIGTERM or SIGHUP with a GamedayError that carries the exit code. From the first call on these
 * signals no longer end the process by themselves; a second one does at once, and leaves the cleaning up to the reaper.
 */
export function interruption(): AbortSignal {
  controller ??= listen();
  return controller.signal;
}

function listen(): AbortController {
  const interrupted = new AbortController();
  for (const [signal, exitCode] of Object.entries(exitCodes)) {
    process.on(signal, () => {
      if (interrupted.signal.aborted) process.exit(exitCode);
      interrupted.abort(new GamedayError({ code: 'INTERRUPTED', message: `Interrupted by ${signal}`, exitCode }));
    });
  }
  return interrupted;
}
