import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { LoadPlan } from '../../domain/workload.ts';
import type { Course } from './arrival-executor.ts';
import { scriptData } from './script-data.ts';

const source = fileURLToPath(new URL('./workload-script.ts', import.meta.url));

/**
 * Writes `script.js` and `data.json` into an existing folder: all that k6 needs to play the plan, on any machine.
 * The script holds what it uses of gameday, so that both send the very same requests.
 *
 * @param course the arrival rate over time, unless the environment of k6 sets another
 * @throws GamedayError of an invalid plan as `createRequestSequence`
 */
export async function writeK6Folder(folder: string, plan: LoadPlan, course: Course): Promise<void> {
  const data = scriptData(plan, course);
  await writeFile(join(folder, 'data.json'), JSON.stringify(data));
  await build({
    entryPoints: [source],
    outfile: join(folder, 'script.js'),
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    external: ['k6', 'k6/*'],
    logLevel: 'silent',
  });
}
