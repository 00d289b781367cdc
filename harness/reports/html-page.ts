import { type Html, html } from './html.ts';
import { reportStyle } from './report-style.ts';

/** A whole page, self-contained: it runs no script and loads nothing, whatever is in it, and reads well printed, too. */
export function htmlPage(title: string, body: Html): string {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title><style>${reportStyle}</style></head><body>
${body}
</body></html>
`.markup;
}
