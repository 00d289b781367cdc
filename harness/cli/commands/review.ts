import { usageError } from '../../domain/errors.ts';
import type { CommandSetup } from '../command-context.ts';
import { readAnswer } from '../read-answer.ts';

interface ReviewOptions {
  readonly out?: string;
  readonly grade?: string;
}

export const review: CommandSetup = (command, context) => {
  command
    .description('Hand out a pull request to be reviewed, and see what a review of it found, missed and got wrong.')
    .argument('[review]', 'which one; without it, they are listed')
    .option('--out <folder>', 'where to write the exercise; default: a new folder named after it')
    .option('--grade <file>', 'a review that came back: Markdown, or the diff with comments')
    .action(async (id: string | undefined, { out, grade }: ReviewOptions) => {
      const { discoverReviews, findReview } = await import('../../run/reviews.ts');
      const { terminal } = context;
      if (id === undefined) {
        const { textTable } = await import('../terminal/table.ts');
        const reviews = await discoverReviews();
        const rows = reviews.map(({ id, definition: { level, minutes, summary } }) => [
          id,
          level,
          `${minutes} min`,
          summary,
        ]);
        const columns = [
          { title: 'Review' },
          { title: 'Level' },
          { title: 'Time' },
          { title: 'The pull request', max: 60 },
        ];
        if (terminal.json)
          terminal.outJson(
            reviews.map(({ id, definition: { title, level, minutes } }) => ({ id, title, level, minutes })),
          );
        else terminal.out(textTable(columns, rows));
        return;
      }
      const found = await findReview(id);
      if (grade === undefined) {
        const { reviewHandOut } = await import('../../take-home/review-hand-out.ts');
        const { writeHandOut } = await import('../write-hand-out.ts');
        terminal.out(await writeHandOut(out ?? id, `gameday review ${id}`, reviewHandOut(found).files));
        return;
      }
      const { gradeReview } = await import('../../domain/review.ts');
      const { parseReview } = await import('../../domain/review-comments.ts');
      const { describeGradedReview } = await import('../reviews/graded-review.ts');
      const comments = parseReview(await readAnswer(grade, 'REVIEW_UNREADABLE', 'gameday review <review> --grade'));
      if (comments.length === 0)
        throw usageError(
          'NO_COMMENTS',
          `${grade} has no comment that begins with a file and a line.`,
          '### src/file.ts:12-14 (high)',
        );
      const graded = gradeReview(found.definition, comments);
      if (terminal.json) terminal.outJson(graded);
      else terminal.out(describeGradedReview(graded, terminal.paint, terminal.width));
    });
};
