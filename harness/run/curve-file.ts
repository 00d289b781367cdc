import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { companySizes } from '../domain/company.ts';
import type { Curve } from '../domain/curve.ts';
import type { Scenario } from '../domain/scenario.ts';
import { writeFileAtomic } from '../platform/files.ts';
import { invalid } from './catalogue.ts';

const schema = z.strictObject({
  scenario: z.string(),
  variant: z.string(),
  measuredOn: z.string(),
  machine: z.string(),
  points: z.array(
    z.strictObject({
      size: z.enum(companySizes),
      arm: z.enum(['flawed', 'solution']),
      check: z.string(),
      claim: z.string(),
      measured: z.union([
        z.strictObject({ label: z.string(), unit: z.string(), value: z.number(), bound: z.number() }),
        z.strictObject({ beyond: z.string() }),
      ]),
    }),
  ),
});

const fileOf = ({ folder }: Scenario) => join(folder, 'curve.json');

/** The curve that is kept with a scenario; undefined when there is none. Throws `SCENARIO_INVALID` when it can't be read or is about other checks than the scenario's. */
export async function readCurve(scenario: Scenario): Promise<Curve | undefined> {
  const file = fileOf(scenario);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const curve = parse(text);
  const again = `measure it again: gameday curve ${scenario.id} --measure`;
  if (curve === undefined) throw invalid(file, `it is not a curve; ${again}`);
  const measured = [...new Set(curve.points.map(({ check }) => check))];
  const wanted = scenario.definition.growsWith ?? [];
  if (measured.join() !== wanted.join())
    throw invalid(
      file,
      `it is about ${measured.join(', ')}, and growsWith names ${wanted.join(', ') || 'nothing'}; ${again}`,
    );
  return curve;
}

/** Keeps a curve with its scenario; returns the file. */
export function writeCurve(scenario: Scenario, curve: Curve): string {
  const file = fileOf(scenario);
  writeFileAtomic(file, `${JSON.stringify(curve, null, 2)}\n`);
  return file;
}

function parse(text: string): Curve | undefined {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
