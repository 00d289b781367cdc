import { usageError } from '../domain/errors.ts';
import type { Terminal } from './terminal/terminal.ts';

/** Words of the command line as one text; a single `-` stands for standard input. Throws `INPUT_MISSING` when that is a terminal. */
export async function readArgument(words: readonly string[], { streams: { stdin } }: Terminal): Promise<string> {
  if (words.length !== 1 || words[0] !== '-') return words.join(' ');
  if (stdin.isTTY)
    throw usageError(
      'INPUT_MISSING',
      'Standard input is a terminal.',
      'pipe a file into it, or give the text as an argument',
    );
  let text = '';
  stdin.setEncoding('utf8');
  for await (const chunk of stdin) text += chunk;
  return text;
}
