import { createInterface } from 'node:readline/promises';
import { interruption } from '../../platform/signals.ts';
import type { Terminal } from './terminal.ts';

/** Asks a yes-or-no question on stderr; only `y` or `yes` is yes. */
export async function confirm(question: string, { streams }: Terminal): Promise<boolean> {
  const prompt = createInterface({ input: streams.stdin, output: streams.stderr });
  try {
    return /^y(es)?$/i.test((await prompt.question(`${question} [y/N] `, { signal: interruption() })).trim());
  } finally {
    prompt.close();
  }
}
