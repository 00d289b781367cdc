/** Markdown without its HTML comments, in which forms say what they ask for. */
export function withoutComments(markdown: string): string {
  return markdown.replaceAll(/<!--[\s\S]*?-->/g, '');
}
