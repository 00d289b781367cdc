/**
 * Text that other people wrote, made safe to show anywhere: without control characters (terminal escapes) and without
 * invisible formatting ones (bidirectional overrides, zero-width spaces). Line breaks and tabs stay.
 */
export function plainText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/[^\P{C}\n\t]/gu, '');
}

/** The same on one line, cut to `limit` characters with an ellipsis. */
export function oneLine(text: string, limit = Number.POSITIVE_INFINITY): string {
  const line = plainText(text).replace(/\s+/g, ' ').trim();
  return line.length > limit ? `${line.slice(0, limit - 1)}…` : line;
}
