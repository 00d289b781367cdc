import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoadPlan, RateStage } from '../../domain/workload.ts';
import { type Course, courseOf } from './arrival-executor.ts';
import { exportReadme } from './export-readme.ts';
import { writeK6Folder } from './k6-folder.ts';
import { testRun } from './test-run.ts';

export interface K6Export {
  /** What the test is called, in lower case with hyphens. */
  readonly name: string;
  readonly title: string;
  readonly plan: LoadPlan;
  readonly ratePerSecond: number;
  /** The arrival rate over time as multiples; undefined for a constant one. */
  readonly stages: readonly RateStage[] | undefined;
  /** Adds the Kubernetes resource for k6-operator. */
  readonly operator: boolean;
}

/** A rate that never changes has no end of its own; k6 wants one. */
const CONSTANT_SECONDS = 60;

/**
 * Writes a folder that `k6 run script.js` plays on any machine: script, data, README, and `testrun.yaml` when asked for.
 * Creates the folder. Returns the names of the files.
 */
export async function exportK6(
  folder: string,
  { name, title, plan, ratePerSecond, stages, operator }: K6Export,
): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  await writeK6Folder(folder, plan, finite(courseOf(ratePerSecond, stages ?? [])));
  const files = ['script.js', 'data.json'];
  const write = async (file: string, text: string) => {
    await writeFile(join(folder, file), text);
    files.push(file);
  };
  if (operator) {
    const sizes = await Promise.all(files.map(async (file) => (await stat(join(folder, file))).size));
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    await write('testrun.yaml', testRun(name, bytes));
  }
  await write('README.md', exportReadme({ name, title, ratePerSecond, operator }));
  return files;
}

function finite(course: Course): Course {
  const ending = course.filter(({ seconds }) => seconds !== null);
  return ending.length > 0 ? ending : course.map((stage) => ({ ...stage, seconds: CONSTANT_SECONDS }));
}
