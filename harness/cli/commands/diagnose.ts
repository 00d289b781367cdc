import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CommandSetup } from '../command-context.ts';

interface DiagnoseOptions {
  readonly evidence?: true;
  readonly edit: boolean;
}

export const diagnose: CommandSetup = (command, context) => {
  command
    .description(
      'Write the diagnosis of a run in your editor, and see whether what it cites is in what the run recorded. It is sent along with a take-home.',
    )
    .argument('[run]', 'which run; without it, the latest')
    .option('--evidence', 'list what can be cited')
    .option('--no-edit', 'only check what is written')
    .addHelpText('after', '\nThe editor is $VISUAL or $EDITOR; without one, or without a terminal, the file is named.')
    .action(async (name: string | undefined, { evidence, edit }: DiagnoseOptions) => {
      const { findRun } = await import('../runs/find-run.ts');
      const { recordedFacts } = await import('../../run/recorded-facts.ts');
      const { terminal } = context;
      const { directory } = findRun(name);
      if (evidence) {
        const { describeCitable } = await import('../diagnosis/citable.ts');
        const facts = await recordedFacts(directory);
        if (terminal.json) terminal.outJson({ ...facts, statements: Object.fromEntries(facts.statements) });
        else terminal.out(describeCitable(facts, terminal.paint));
        return;
      }
      const { writeForm } = await import('../diagnosis/write-form.ts');
      const { chosenEditor, editFile } = await import('../../platform/editor.ts');
      const { parseDiagnosis } = await import('../../domain/diagnosis.ts');
      const { checkClaim } = await import('../../domain/fact-check.ts');
      const { checkedTable } = await import('../diagnosis/checked-table.ts');
      const file = join(directory, 'diagnosis.md');
      if (!existsSync(file)) await writeForm(directory, file);
      const editor = chosenEditor();
      if (edit && editor !== undefined && terminal.interactive) await editFile(editor, file);
      else terminal.err(`Write it here: ${file}`);
      const diagnosis = parseDiagnosis(await readFile(file, 'utf8'));
      const facts = await recordedFacts(directory);
      const claims = diagnosis.claims.map((claim) => checkClaim(claim, facts));
      if (terminal.json) terminal.outJson({ file, sections: Object.fromEntries(diagnosis.sections), claims });
      else terminal.out(checkedTable(diagnosis, claims, terminal.paint, terminal.width));
    });
};
