import { writeFileSync } from 'node:fs';
import { applyPatch } from '../harness/run/workspace.ts';
import { archiveOf, changesBy, honestEntries, takeHomeFor } from './support/submissions.ts';

const [scenario, variant, patch, out] = process.argv.slice(2);
const changes = await changesBy(async (app) => {
  if (patch !== '-') await applyPatch(app, patch!);
});
writeFileSync(
  out!,
  archiveOf(
    honestEntries(takeHomeFor(scenario!, variant!, process.argv[6] ?? 'ada-1'), changes, {
      'diagnosis.md':
        '## Symptom\n\nList took long.\n\n## Root cause\n\n151 statements per request [survey:open list,before] and 2 statements [survey:open list,after].\n',
    }),
  ),
);
process.exit(0);
