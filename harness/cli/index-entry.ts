import type { CommandSetup } from './command-context.ts';

/** A command as the list of commands shows it, and how to load it. */
export interface IndexEntry {
  readonly summary: string;
  readonly group: 'Play' | 'While a game day runs' | 'Afterwards' | 'Author and prove' | 'Hire' | 'Also';
  readonly alias?: string;
  readonly load: () => Promise<CommandSetup>;
}
