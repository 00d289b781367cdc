import { environmentError } from '../../domain/errors.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { inContainer } from './grade-in-container.ts';
import { inNamespaces } from './grade-in-namespaces.ts';
import { gradeOne } from './grade-one.ts';
import type { GradeWishes, IsolationName } from './grade-wishes.ts';
import type { GradeFile, Isolation } from './isolation.ts';

const isolations: Readonly<Record<IsolationName, Isolation>> = { container: inContainer, namespaces: inNamespaces };

/**
 * What grades on this machine: in the isolation asked for, else in the first that is to be had here, which is said with why stricter ones are not. Where the code is trusted, without any, after
 * a warning. Throws `ISOLATION_MISSING` with every reason.
 */
export async function chooseIsolation(
  { isolation, trustCandidate }: Pick<GradeWishes, 'isolation' | 'trustCandidate'>,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<GradeFile> {
  if (trustCandidate) {
    const warning = '! The candidate’s code runs with all that you may do here: your files, your network.';
    terminal.err(terminal.errPaint('yellow', warning));
    return gradeOne;
  }
  const asked = isolation === undefined ? Object.values(isolations) : [isolations[isolation]];
  const reasons: string[] = [];
  for (const { name, prepare } of asked) {
    const prepared = await prepare((line) => terminal.err(line), signal);
    if (!('declined' in prepared)) {
      terminal.err(
        terminal.errPaint('dim', [`Isolation: ${name}`, ...reasons.map((reason) => `no ${reason}`)].join('; ')),
      );
      return prepared;
    }
    reasons.push(`${name}: ${prepared.declined}`);
  }
  throw environmentError(
    'ISOLATION_MISSING',
    `What a stranger wrote can't be kept away from this machine.\n${reasons.map((reason) => `  ${reason}`).join('\n')}`,
    'Start a Docker engine, or grade as root on Linux, or, if you have read every line of it: gameday grade --trust-candidate',
  );
}
