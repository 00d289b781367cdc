const escapeCharacter = String.fromCodePoint(0x1b);
const singleByteIntroducer = String.fromCodePoint(0x9b);

/** Control sequences of terminals (ECMA-48, section 5.4): introducer, parameters, intermediates, final byte. */
const controlSequence = new RegExp(`(?:${escapeCharacter}\\[|${singleByteIntroducer})[0-?]*[ -/]*[@-~]`, 'g');

/**
 * Text that other people wrote, made safe to show anywhere: without terminal control sequences and characters, and without
 * invisible formatting characters (bidirectional overrides, zero-width spaces). Line breaks and tabs stay.
 */
export function plainText(text: string): string {
  return text
    .replace(controlSequence, '')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{C}\n\t]/gu, '');
}

/** The same on one line, cut to `limit` characters with an ellipsis. */
export function oneLine(text: string, limit = Number.POSITIVE_INFINITY): string {
  const line = plainText(text).replace(/\s+/g, ' ').trim();
  return line.length > limit ? `${line.slice(0, limit - 1)}…` : line;
}
