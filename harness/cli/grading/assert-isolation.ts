import { environmentError } from '../../domain/errors.ts';
import { whyNotBoxed } from '../../platform/box.ts';
import { whyNotConfined } from '../../platform/confinement.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Throws `ISOLATION_MISSING` where strangers' code can't be kept away from the machine and is not trusted; where it is trusted, says what that means. */
export function assertIsolation(trustCandidate: true | undefined, terminal: Terminal): void {
  if (trustCandidate) {
    const warning = '! The candidate’s code runs with all that you may do here: your files, your network.';
    terminal.err(terminal.errPaint('yellow', warning));
    return;
  }
  const whyNot = whyNotConfined() ?? whyNotBoxed();
  if (whyNot === undefined) return;
  throw environmentError(
    'ISOLATION_MISSING',
    `What a stranger wrote can't be kept away from this machine: ${whyNot}.`,
    'Grade as root on Linux, or, if you have read every line of it: gameday grade --trust-candidate',
  );
}
