import { marked } from 'marked';
import { htmlPage } from './html-page.ts';

/** A report in Markdown as a page. What other people wrote in it has no markup any more (see `inline`); as a second wall the page runs and loads nothing. */
export function markdownPage(title: string, markdown: string): string {
  return htmlPage(title, { markup: marked.parse(markdown, { async: false, gfm: true }) });
}
