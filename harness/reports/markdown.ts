import { oneLine, plainText } from './plain-text.ts';

/** Text of unknown origin as one line of Markdown prose: nothing in it is markup, a link or HTML any more. */
export function inline(text: string, limit?: number): string {
  return oneLine(text, limit)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_[\]|~#!$]/g, '\\$&')
    .replace(/^(\d*)([-+.)])(?= |$)/, '$1\\$2')
    .replace(/(https?|ftp|mailto):/gi, '$1&#58;')
    .replace(/www\./gi, 'www&#46;');
}

/** Text of unknown origin as a fenced block, with a fence longer than any in the text. */
export function fenced(text: string, language = ''): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${plainText(text).trimEnd()}\n${fence}`;
}

/** A table. Cells must be Markdown already (see `inline`). */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Blocks separated by blank lines; absent ones are left out. Ends with a line break. */
export function document(...blocks: readonly (string | undefined)[]): string {
  return `${blocks.filter((block) => block !== undefined && block !== '').join('\n\n')}\n`;
}
