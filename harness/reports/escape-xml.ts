import { plainText } from './plain-text.ts';

/** Text of unknown origin as content or attribute of XML. */
export function escapeXml(text: string): string {
  return plainText(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/\n/g, '&#10;');
}
