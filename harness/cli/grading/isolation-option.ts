import type { Option } from 'commander';
import { oneOf } from '../parse-options.ts';
import { isolationNames } from './grade-wishes.ts';

/** Of every command that grades. A command needs an object of its own. */
export function isolationOption(): Option {
  const about = 'what the candidate’s code is kept in (default: the first of these that this machine has)';
  return oneOf('--isolation <name>', about, isolationNames);
}
