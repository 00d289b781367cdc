import { Option } from 'commander';
import { oneOf } from '../parse-options.ts';
import { isolationNames } from './grade-wishes.ts';

/**
 * What the candidate's code is kept in, or that it is trusted, of every command that grades. A command needs objects of its own.
 * @param notWith names of options with which neither has a meaning
 */
export function isolationOptions(...notWith: string[]): readonly [isolation: Option, trustCandidate: Option] {
  const about = 'what the candidate’s code is kept in (default: the first of these that this machine has)';
  const trusted = 'run the candidate’s code without keeping it away from your files and network';
  return [
    oneOf('--isolation <name>', about, isolationNames).conflicts(['trustCandidate', ...notWith]),
    new Option('--trust-candidate', trusted).conflicts(notWith),
  ];
}
