import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { usageError } from '../../domain/errors.ts';
import type { CommandSetup } from '../command-context.ts';

interface CardOptions {
  readonly reviewer?: string;
}

const reviewerName = /^[A-Za-z0-9][\w-]{0,31}$/;
/** Fewer can't differ. */
const fewest = 2;

export const reviewCard: CommandSetup = (command, context) => {
  command
    .description(
      'Score the human part of a graded submission: each reviewer alone with --reviewer, and without it, once two are done, what they make of it and where they lie apart.',
    )
    .argument('<folder>', 'a folder that gameday grade wrote')
    .option('--reviewer <name>', 'write or go on with the card of this reviewer')
    .action(async (folder: string, { reviewer }: CardOptions) => {
      const { cardFile, readGradedFolder } = await import('../grading/graded-folder.ts');
      const { parseReviewCard, reviewCardForm } = await import('../../domain/review-card.ts');
      const { terminal } = context;
      const { directory, scorecard, cards } = readGradedFolder(folder);
      if (reviewer === undefined) {
        const { debrief } = await import('../grading/debrief.ts');
        const finished = cards.filter(({ missing }) => missing.length === 0);
        if (finished.length < fewest)
          throw usageError(
            'CARDS_UNFINISHED',
            `Nobody sees a score before ${fewest} reviewers are done: ${finished.length} of ${cards.length} cards are.`,
            `gameday review-card ${folder} --reviewer <name>`,
          );
        if (terminal.json) terminal.outJson(finished);
        else terminal.out(debrief(finished, terminal.paint, terminal.width));
        return;
      }
      if (!reviewerName.test(reviewer))
        throw usageError(
          'REVIEWER_INVALID',
          `"${reviewer}" can't be part of a file's name.`,
          'Use letters, digits, hyphens and underscores, at most 32.',
        );
      const { chosenEditor, editFile } = await import('../../platform/editor.ts');
      const file = cardFile(directory, reviewer);
      if (!existsSync(file)) await writeFile(file, reviewCardForm(scorecard, reviewer), { flag: 'wx' });
      const editor = chosenEditor();
      if (editor !== undefined && terminal.interactive) await editFile(editor, file);
      const { missing } = parseReviewCard(await readFile(file, 'utf8'), reviewer, scorecard.human);
      if (terminal.json) terminal.outJson({ file, missing });
      else terminal.out(file);
      if (missing.length > 0) terminal.err(`Without score from 1 to 5, or without evidence: ${missing.join(', ')}`);
    });
};
