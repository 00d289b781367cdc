import { homedir } from 'node:os';
import { projectRoot } from '../platform/files.ts';

/** What tells about a machine or its user, and what stands in its place. */
interface Private {
  readonly text: string;
  readonly instead: string;
}

/**
 * Where things lie on this machine, the user's name with it. The name by itself is not looked for: it may be a word of what was measured, as `node` is.
 */
const privateHere: readonly Private[] = [
  { text: projectRoot, instead: '<take-home>' },
  { text: homedir(), instead: '<home>' },
  // The root of everything tells nothing.
].filter(({ text }) => text.length > 1);

/** A text without paths of this machine, without passwords in addresses, and without session tokens. */
export function redact(text: string): string {
  return privateHere
    .reduce((left, { text: found, instead }) => left.replaceAll(found, instead), text)
    .replace(/(\w+:\/\/[^:/@\s"]+):[^@/\s"]+@/g, '$1:<password>@')
    .replace(/\bst_[\w-]{20,}/g, 'st_<token>');
}
