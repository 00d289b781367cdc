import { plainText } from './plain-text.ts';

/** Text that is HTML already. Made only by `html`. */
export interface Html {
  readonly markup: string;
}

type Part = Html | string | number | undefined | readonly Part[];

/**
 * HTML out of a template: whatever is put into it is text, however it looks, unless `html` made it; undefined is nothing, and lists are put one after the other.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return {
    markup: strings.reduce((whole, text, i) => whole + text + (i < parts.length ? markupOf(parts[i]) : ''), ''),
  };
}

function markupOf(part: Part): string {
  if (part === undefined) return '';
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part));
  return 'markup' in part ? part.markup : part.map(markupOf).join('');
}

function escaped(text: string): string {
  return plainText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** A table with these headings, if any; cells may be HTML. */
export function htmlTable(head: readonly string[], rows: readonly (readonly Part[])[]): Html {
  const cells = (row: readonly Part[]) => row.map((cell) => html`<td>${cell}</td>`);
  const titles = html`<thead><tr>${head.map((title) => html`<th>${title}</th>`)}</tr></thead>`;
  return html`<table>${head.length > 0 ? titles : undefined}
<tbody>${rows.map((row) => html`<tr>${cells(row)}</tr>\n`)}</tbody></table>`;
}
