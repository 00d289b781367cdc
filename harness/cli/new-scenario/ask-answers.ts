import { confirm, groupMultiselect, isCancel, select, text } from '@clack/prompts';
import { ExitCode, GamedayError } from '../../domain/errors.ts';
import { levels } from '../../domain/scenario.ts';
import { interruption } from '../../platform/signals.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type Answers, answersFrom, checksFor, type Wishes } from './answers.ts';
import { offeredFaults } from './offered-faults.ts';
import { assertNew } from './write-scenario-frame.ts';

/** Asks for what was not said on the command line, on stderr. Throws `INTERRUPTED` when the author leaves, else like `answersFrom`. */
export async function askAnswers(id: string | undefined, wishes: Wishes, { streams }: Terminal): Promise<Answers> {
  const output = streams.stderr as NodeJS.WriteStream;
  // A signal of its own: every question leaves a listener on it.
  const common = { input: streams.stdin, output, signal: AbortSignal.any([interruption()]) };
  const line = async (message: string, placeholder: string, problem: (value: string) => string | undefined) =>
    answered(await text({ ...common, message, placeholder, validate: (value) => problem(value?.trim() ?? '') })).trim();
  const sentence = (message: string, placeholder: string) =>
    line(message, placeholder, (value) => (value === '' ? 'Write something.' : undefined));
  const several = async (message: string, offered: readonly Offer[]) =>
    answered(
      await groupMultiselect({
        ...common,
        message,
        options: byGroup(offered),
        selectableGroups: false,
      }),
    );

  const chosenId = id ?? (await line('Id: lower case words with hyphens, the symptom', 'lost-parcels', idProblem));
  assertNew(chosenId);
  const title = wishes.title ?? (await sentence('Title: what customers would call it', 'Paid, and no parcel'));
  const summary =
    wishes.summary ??
    (await sentence('Summary: one line for the list, without the cause', 'Some orders never arrive.'));
  const failure =
    wishes.failure ??
    (await sentence('Which failure of production is it? Only authors read this', 'Jobs are lost when a worker dies'));
  const level =
    wishes.level ??
    answered(
      await select({
        ...common,
        message: 'For whom?',
        options: levels.map((value) => ({ value })),
        initialValue: 'mid',
      }),
    );
  const breaks = wishes.breaks ?? (await several('What breaks?', offeredFaults));
  const holds = wishes.holds ?? (await several('What must be true when it is repaired?', checksFor(breaks)));
  const variants =
    wishes.variants ??
    answered(await confirm({ ...common, message: 'Does the flaw have siblings, in variants?', initialValue: false }));
  return answersFrom(chosenId, { title, summary, failure, level, breaks, holds, variants });
}

interface Offer {
  readonly name: string;
  readonly group: string;
  readonly meaning: string;
}

function byGroup(offered: readonly Offer[]) {
  const groups = [...new Set(offered.map(({ group }) => group))];
  const option = ({ name, meaning }: Offer) => ({ value: name, label: `${name}: ${meaning}` });
  return Object.fromEntries(
    groups.map((group) => [group, offered.filter((offer) => offer.group === group).map(option)] as const),
  );
}

function idProblem(id: string): string | undefined {
  try {
    assertNew(id);
    return undefined;
  } catch (error) {
    if (error instanceof GamedayError) return `${error.message} ${error.hint ?? ''}`.trim();
    throw error;
  }
}

function answered<T>(answer: T): Exclude<T, symbol> {
  if (!isCancel(answer)) return answer as Exclude<T, symbol>;
  interruption().throwIfAborted();
  throw new GamedayError({ code: 'INTERRUPTED', message: 'Nothing was written.', exitCode: ExitCode.interrupted });
}
