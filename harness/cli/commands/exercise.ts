import type { CommandSetup } from '../command-context.ts';
import { readAnswer } from '../read-answer.ts';

interface ExerciseOptions {
  readonly out?: string;
  readonly grade?: string;
}

export const exercise: CommandSetup = (command, context) => {
  command
    .description(
      'Hand out an exercise that is answered in writing, and see which points an answer makes: questions, a design under numbers, what a newcomer noticed.',
    )
    .argument('[exercise]', 'which one; without it, they are listed')
    .option('--out <folder>', 'where to write it; default: a new folder named after it')
    .option('--grade <file>', 'an answer that came back, Markdown')
    .action(async (id: string | undefined, { out, grade }: ExerciseOptions) => {
      const { discoverWritings, findWriting } = await import('../../run/writings.ts');
      const { terminal } = context;
      if (id === undefined) {
        const writings = await discoverWritings();
        if (terminal.json)
          terminal.outJson(
            writings.map(({ id, definition: { title, kind, level, minutes } }) => ({
              id,
              title,
              kind,
              level,
              minutes,
            })),
          );
        else {
          const { writingsTable } = await import('../writings/writings-table.ts');
          terminal.out(writingsTable(writings));
        }
        return;
      }
      const found = await findWriting(id);
      if (grade === undefined) {
        const { writingHandOut } = await import('../../take-home/writing-hand-out.ts');
        const { writeHandOut } = await import('../write-hand-out.ts');
        terminal.out(await writeHandOut(out ?? id, `gameday exercise ${id}`, writingHandOut(found).files));
        return;
      }
      const { gradeWriting } = await import('../../domain/writing.ts');
      const graded = gradeWriting(
        found.definition,
        await readAnswer(grade, 'ANSWER_UNREADABLE', 'gameday exercise <exercise> --grade'),
      );
      if (terminal.json) terminal.outJson({ ...graded, dimensions: found.definition.dimensions });
      else {
        const { describeGradedWriting } = await import('../writings/graded-writing.ts');
        terminal.out(describeGradedWriting(found.definition, graded, terminal.paint, terminal.width));
      }
    });
};
