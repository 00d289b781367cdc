import { basename, join } from 'node:path';
import { build } from 'esbuild';
import type { Scenario } from '../domain/scenario.ts';
import { nodeBundle } from '../platform/node-bundle.mjs';
import { shownFiles } from '../run/catalogue.ts';
import { planOf } from '../run/plan-of.ts';
import { findHandedOut } from '../run/scenario-files.ts';
import { type PackedFiles, readFiles } from './packed-files.ts';

const code = 'incident.mjs';

/**
 * A scenario as it is handed out: its code without comments and names, with one variant under a name that says nothing, what everybody who plays is shown, and
 * what the workspace begins with. Nothing else of its folder.
 *
 * @param hours the time that the candidate is told to take
 */
export async function packedScenario(
  scenario: Scenario,
  variant: string,
  { hours, canary }: { readonly hours: number; readonly canary: string },
): Promise<PackedFiles> {
  const { id, folder } = scenario;
  const { k6 } = planOf(scenario, variant).plan.workload;
  const scripts = k6 === undefined ? [] : [basename(k6.script)];
  const handedOut = findHandedOut(scenario).map((file) => basename(file));
  const files: PackedFiles = new Map([
    ...(await readFiles(folder, [...shownFiles, ...handedOut, ...scripts])),
    [code, await minified(scenario)],
    ['scenario.ts', entry(scenario.variants.indexOf(variant), { hours, canary })],
  ]);
  return new Map([...files].map(([name, text]) => [`scenarios/${id}/${name}`, text]));
}

/** The code of a scenario in one file that imports the harness only, without comments and without what is really wrong. */
async function minified({ folder, definition: { failure } }: Scenario): Promise<string> {
  const { outputFiles } = await build({
    ...nodeBundle,
    entryPoints: [join(folder, 'scenario.ts')],
    external: ['*/harness/authoring.ts'],
    minify: true,
    legalComments: 'none',
    charset: 'utf8',
    write: false,
  });
  return ['"', "'", '`'].reduce(
    (text, quote) => text.replaceAll(quote + failure.replaceAll(quote, `\\${quote}`) + quote, '"-"'),
    outputFiles[0]!.text,
  );
}

function entry(position: number, { hours, canary }: { readonly hours: number; readonly canary: string }): string {
  return `// ${canary}
import { defineScenario } from '../../harness/authoring.ts';
import incident from './${code}';

export default defineScenario({
  ...incident,
  minutes: ${hours * 60},
  hintCosts: [0, 0, 0],
  variants: { default: Object.values(incident.variants)[${position}] },
});
`;
}
