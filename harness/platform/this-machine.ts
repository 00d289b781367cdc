import { cpus } from 'node:os';

/** This machine in some words, for figures that depend on it: `2 cores (AMD EPYC), Node 20.20.2`. */
export function thisMachine(): string {
  return `${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), Node ${process.version.slice(1)}`;
}
