import * as nodeModule from 'node:module';
import { join } from 'node:path';
import { cacheDirectory } from './files.ts';

/** Where Node 22.1 and later keep what they compiled, so that the next process needn't. Of no use to older ones. */
export function compiledCodeDirectory(): string {
  return join(cacheDirectory(), 'compiled');
}

/** Keeps what this process compiles from now on, where Node can. */
export function keepCompiledCode(): void {
  const { enableCompileCache } = nodeModule as { enableCompileCache?: (directory: string) => unknown };
  enableCompileCache?.(compiledCodeDirectory());
}
