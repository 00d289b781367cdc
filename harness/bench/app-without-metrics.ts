import { cp, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { environmentError } from '../domain/errors.ts';
import { originalApp } from '../run/workspace.ts';

/** What the app uses of prom-client, and does nothing. */
const nothing = `
class Nothing { startTimer() { return () => {}; } observe() {} inc() {} set() {} reset() {} labels() { return this; } }
export class Registry { contentType = 'text/plain'; setDefaultLabels() {} removeSingleMetric() {} async metrics() { return ''; } }
export { Nothing as Counter, Nothing as Gauge, Nothing as Histogram };
export const collectDefaultMetrics = () => {};
`;

/** What is left out of the app: where, and what is there instead. */
const leftOut = [
  { file: 'platform/metrics.ts', from: "'prom-client'", to: "'./nothing.ts'" },
  { file: 'app.ts', from: ', requestMetrics(services.metrics)', to: '' },
] as const;

/**
 * Copies the app's source to `directory`, as if nobody had ever thought of metrics: no instrument, no middleware for them, nothing that watches the event loop
 * or the garbage collector. Throws `BENCH_FAILED` when the app has its metrics elsewhere by now.
 */
export async function copyAppWithoutMetrics(directory: string): Promise<void> {
  await cp(originalApp, directory, { recursive: true, filter: (path) => basename(path) !== 'node_modules' });
  await writeFile(join(directory, 'src/platform/nothing.ts'), nothing);
  for (const { file, from, to } of leftOut) {
    const path = join(directory, 'src', file);
    const text = await readFile(path, 'utf8');
    if (!text.includes(from)) throw environmentError('BENCH_FAILED', `${file} of the app has no ${from} any more`);
    await writeFile(path, text.replace(from, to));
  }
}
