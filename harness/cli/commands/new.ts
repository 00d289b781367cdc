import { levels } from '../../domain/scenario.ts';
import type { CommandSetup } from '../command-context.ts';
import type { Wishes } from '../new-scenario/answers.ts';
import { choice, collect } from '../parse-options.ts';

/** Named so because `new` is a reserved word. */
export const newCommand: CommandSetup = (command, context) => {
  command.description('Write the frame of something new.');
  command
    .command('scenario')
    .description(
      'Write scenarios/<id>/: a scenario.ts that can be played, and files that say what is still to be written. Asks for what is not given; see scenarios/AUTHORING.md.',
    )
    .argument('[id]', 'lower case words with hyphens, naming the symptom and not the cause: slow-account-list')
    .option('--title <text>', 'what customers would call it')
    .option('--summary <text>', 'one line for the list: the symptom, never the cause')
    .option('--failure <text>', 'which failure of production it is; only authors read it')
    .option('--level <level>', `for whom: ${levels.join(', ')}`, choice(levels))
    .option('--breaks <fault>', 'what breaks, for example redis-flush (may be repeated)', collect)
    .option(
      '--holds <check>',
      'what must be true when it is repaired, for example p95-under (may be repeated)',
      collect,
    )
    .option('--variants', 'with a second variant, where the flaw has a sibling')
    .addHelpText(
      'after',
      '\nWith --no-input all but --variants is needed; what is missing is listed with the allowed values.',
    )
    .action(async (id: string | undefined, wishes: Wishes) => {
      const { terminal } = context;
      const answers = terminal.interactive
        ? await (await import('../new-scenario/ask-answers.ts')).askAnswers(id, wishes, terminal)
        : (await import('../new-scenario/answers.ts')).answersFrom(id, wishes);
      const { writeScenarioFrame } = await import('../new-scenario/write-scenario-frame.ts');
      const { folder, files } = writeScenarioFrame(answers);
      if (terminal.json) return terminal.outJson({ id: answers.id, folder, files });
      terminal.out(files.join('\n'));
      terminal.err(`\nPlay what is there:                gameday prove ${answers.id} --arm flawed --explain`);
      terminal.err(`This says what is still missing:   gameday prove ${answers.id}`);
    });
};
