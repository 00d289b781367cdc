import { Option } from 'commander';

/** `--run`, the same in every command that acts in a running game day. */
export const runOption = () => new Option('--run <id>', 'which run, when several are running');

export interface RunOption {
  readonly run?: string;
}
