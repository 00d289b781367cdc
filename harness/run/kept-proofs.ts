import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { KeptProof } from '../domain/kept-proof.ts';
import { armKinds } from '../domain/proof.ts';
import type { Scenario } from '../domain/scenario.ts';
import { writeFileAtomic } from '../platform/files.ts';
import { type Proven, renderCatalogue, renderProofs } from '../reports/proof-pages.ts';
import { discoverScenarios, invalid } from './catalogue.ts';
import { planArms } from './proof-arms.ts';
import { scenariosFolder } from './scenario-folders.ts';

const text = z.string();
const schema = z.strictObject({
  provenOn: text,
  machine: text,
  rounds: z.int().min(1),
  atATime: z.int().min(2).exactOptional(),
  arms: z.array(z.strictObject({ variant: text, arm: text, kind: z.enum(armKinds), seconds: z.number() })),
  separations: z.array(
    z.strictObject({
      ...{ variant: text, arm: text, kind: z.enum(armKinds), check: text, label: text, unit: text },
      ...{ bound: z.number(), failing: z.number(), solved: z.number() },
    }),
  ),
});

const fileOf = ({ folder }: Scenario) => join(folder, 'proof.json');

/** The proof that is kept with a scenario; undefined when there is none. Throws `SCENARIO_INVALID` when it can't be read. */
export async function readProof(scenario: Scenario): Promise<KeptProof | undefined> {
  const file = fileOf(scenario);
  const content = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (content === undefined) return undefined;
  try {
    return schema.parse(JSON.parse(content));
  } catch {
    throw invalid(file, `it is not a proof; make it anew: gameday prove ${scenario.id} --write`);
  }
}

/** What the kept proof does not say of a scenario as it is now: arms that were not there then, and arms that are gone. Empty when it is about all of them, or none is kept. */
export async function outdated(scenario: Scenario): Promise<readonly string[]> {
  const name = ({ variant, kind, arm }: Pick<KeptProof['arms'][number], 'variant' | 'kind' | 'arm'>) =>
    `${variant} / ${kind} ${arm}`;
  const proof = await readProof(scenario);
  if (proof === undefined) return [];
  const planned = await planArms(scenario, scenario.variants);
  const now = new Set(planned.map((arm) => name({ ...arm, arm: arm.name })));
  const then = new Set(proof.arms.map(name));
  return [
    ...[...now].filter((arm) => !then.has(arm)).map((arm) => `${arm} was never proven`),
    ...[...then].filter((arm) => !now.has(arm)).map((arm) => `${arm} is gone`),
  ];
}

/** The pages about the catalogue, by file, as the kept proofs have them. */
export async function proofPages(): Promise<readonly { readonly file: string; readonly text: string }[]> {
  const { scenarios } = await discoverScenarios();
  const catalogue = await Promise.all(
    scenarios.map(async (scenario): Promise<Proven> => ({ scenario, proof: await readProof(scenario) })),
  );
  return [
    { file: join(scenariosFolder, 'README.md'), text: renderCatalogue(catalogue) },
    { file: join(scenariosFolder, 'PROOFS.md'), text: renderProofs(catalogue) },
  ];
}

/** Keeps proofs with their scenarios and brings the pages about the catalogue up to date; returns the files. */
export async function keepProofs(
  proofs: readonly { readonly scenario: Scenario; readonly proof: KeptProof }[],
): Promise<readonly string[]> {
  const kept = proofs.map(({ scenario, proof }) => ({
    file: fileOf(scenario),
    text: `${JSON.stringify(proof, null, 1)}\n`,
  }));
  for (const { file, text } of kept) writeFileAtomic(file, text);
  const pages = await proofPages();
  for (const { file, text } of pages) writeFileAtomic(file, text);
  return [...kept, ...pages].map(({ file }) => file);
}
