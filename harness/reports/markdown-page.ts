import { marked } from 'marked';
import { type Html, html } from './html.ts';
import { reportStyle } from './report-style.ts';

/**
 * A report in Markdown as one self-contained page that also reads well printed. What other people wrote in it has no markup any more (see `inline`); as a second wall the page runs
 * and loads nothing.
 */
export function markdownPage(title: string, markdown: string): string {
  const body: Html = { markup: marked.parse(markdown, { async: false, gfm: true }) };
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title><style>${reportStyle}</style></head><body>
${body}
</body></html>
`.markup;
}
