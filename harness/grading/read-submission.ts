import { readFileSync, statSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { Parser, type ReadEntry } from 'tar';
import { z } from 'zod';
import { messageOf, usageError } from '../domain/errors.ts';
import type { PackedHandOut, TakeHome } from '../domain/take-home.ts';
import { answerFile, changesFile, plansFile, sentAlong, submissionFolder } from '../take-home/submitted-files.ts';
import { takeHomeFile } from '../take-home/this-take-home.ts';
import { readable } from './readable.ts';

/** What a candidate sent back, as texts. Nothing of it has been believed or run. */
export interface Submission {
  readonly takeHome: SubmittedTakeHome;
  /** The changes to the app, a patch relative to it; empty when nothing was changed. */
  readonly changes: string;
  readonly diagnosis: string | undefined;
  readonly journal: string | undefined;
  readonly evidence: string | undefined;
  readonly traces: string | undefined;
  readonly plans: string | undefined;
  /** What was answered in files: of each exercise its texts by the names of the files, as far as they were sent. */
  readonly answers: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

type SubmittedTakeHome = TakeHome & { readonly run: string; readonly scenario: string };

const exactly = (pattern: string) => new RegExp(`^${pattern}$`);
const handOutId = '[a-z0-9][a-z0-9-]{0,63}';
const answerName = String.raw`[a-z][a-z-]*\.(?:md|diff)`;
/** As `answerFile` names them. */
const mayBeAnAnswer = exactly(`${handOutId}[.]${answerName}`);
const mostBytes = { packed: 32 * 2 ** 20, unpacked: 256 * 2 ** 20 };
const expected: readonly string[] = [...sentAlong, plansFile, changesFile, takeHomeFile];
/** So long is no answer to anything: it is looked through by many patterns. */
const mostOfAnAnswer = 256 * 2 ** 10;
const required: readonly string[] = [changesFile, takeHomeFile];

const takeHomeSchema = z.object({
  format: z.literal(1),
  candidate: z.string().regex(/^[A-Za-z0-9][\w.-]{0,63}$/),
  hours: z.number().positive(),
  packedOn: z.string().max(10),
  canary: z.string().max(100),
  exercises: z.array(z.object({ scenario: z.string().max(64), variant: z.string().max(64) })).max(50),
  handOuts: z
    .array(
      z.object({
        id: z.string().regex(exactly(handOutId)),
        answers: z.array(z.string().regex(exactly(answerName))).max(5),
      }),
    )
    .max(50)
    // What was packed before there were any has none.
    .default([]),
  run: z.string().max(128),
  scenario: z.string().max(64),
});

/**
 * Reads an archive of `gameday submit` without unpacking it anywhere: it holds plain files with the names that `submit` writes, and nothing else.
 * @throws usageError `SUBMISSION_UNREADABLE` when there is no such archive, `SUBMISSION_REFUSED` naming everything in it that has no business there
 */
export function readSubmission(file: string): Submission {
  const { files, objections } = readEntries(unpacked(file));
  for (const name of required) if (!files.has(name)) objections.push(`${name} is missing`);
  const takeHome = takeHomeSchema.safeParse(readable(() => JSON.parse(files.get(takeHomeFile) ?? '{}')));
  if (!takeHome.success && files.has(takeHomeFile))
    objections.push(
      `${takeHomeFile} is not as it was packed: ${z.prettifyError(takeHome.error).replaceAll('\n', ' ')}`,
    );
  const handOuts = takeHome.data?.handOuts ?? [];
  objections.push(...answerObjections(files, handOuts));
  if (objections.length > 0 || !takeHome.success) throw refused(file, objections);
  return {
    takeHome: takeHome.data,
    changes: files.get(changesFile) ?? '',
    diagnosis: files.get('diagnosis.md'),
    journal: files.get('events.jsonl'),
    evidence: files.get('evidence-hold.json'),
    traces: files.get('traces.jsonl'),
    plans: files.get(plansFile),
    answers: new Map(handOuts.map((handOut) => [handOut.id, answersTo(handOut, files)])),
  };
}

function answersTo({ id, answers }: PackedHandOut, files: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const present = answers.filter((name) => files.has(answerFile(id, name)));
  return new Map(present.map((name) => [name, files.get(answerFile(id, name))!]));
}

/** Answers to what was not handed out, and such as nobody writes. */
function answerObjections(files: ReadonlyMap<string, string>, handOuts: readonly PackedHandOut[]): readonly string[] {
  const known = new Set(handOuts.flatMap(({ id, answers }) => answers.map((name) => answerFile(id, name))));
  return [...files].flatMap(([name, text]) => {
    if (expected.includes(name)) return [];
    if (!known.has(name)) return [`it has ${JSON.stringify(`${submissionFolder}/${name}`)}`];
    return text.length > mostOfAnAnswer ? [`${name} is longer than ${mostOfAnAnswer} characters`] : [];
  });
}

/** Says of a submission what it has no business to be. */
export function refused(file: string, objections: readonly string[]): Error {
  return usageError(
    'SUBMISSION_REFUSED',
    `${file} is refused: ${objections.join('; ')}.`,
    'Only what `gameday submit` writes is taken. Ask the candidate for that file as it was written.',
  );
}

function unpacked(file: string): Buffer {
  try {
    if (statSync(file).size > mostBytes.packed) throw refused(file, [`it is larger than ${mostBytes.packed} bytes`]);
    return gunzipSync(readFileSync(file), { maxOutputLength: mostBytes.unpacked });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') throw refused(file, [`it unpacks to more than ${mostBytes.unpacked} bytes`]);
    if (code === 'SUBMISSION_REFUSED') throw error;
    throw usageError(
      'SUBMISSION_UNREADABLE',
      `${file} can't be read as an archive: ${messageOf(error)}.`,
      'gameday grade submission.tgz',
    );
  }
}

function readEntries(archive: Buffer): { files: Map<string, string>; objections: string[] } {
  const files = new Map<string, string>();
  const objections: string[] = [];
  const parser = new Parser({
    strict: true,
    onReadEntry(entry) {
      const objection = objectionTo(entry, files);
      if (objection !== undefined) {
        objections.push(objection);
        entry.resume();
        return;
      }
      const name = entry.path.slice(submissionFolder.length + 1);
      const chunks: Buffer[] = [];
      entry.on('data', (chunk: Buffer) => chunks.push(chunk));
      entry.on('end', () => {
        if (name !== '') files.set(name, Buffer.concat(chunks).toString('utf8'));
      });
    },
  });
  parser.on('error', (error) => objections.push(`the archive is damaged: ${messageOf(error)}`));
  parser.end(archive);
  return { files, objections };
}

function objectionTo({ path, type }: ReadEntry, earlier: ReadonlyMap<string, string>): string | undefined {
  const shown = JSON.stringify(path.slice(0, 120));
  if (type === 'Directory') return path === `${submissionFolder}/` ? undefined : `it has a folder ${shown}`;
  if (type !== 'File' && type !== 'OldFile') return `${shown} is no plain file but a ${type}`;
  const name = path.startsWith(`${submissionFolder}/`) ? path.slice(submissionFolder.length + 1) : undefined;
  if (name === undefined || !(expected.includes(name) || mayBeAnAnswer.test(name))) return `it has ${shown}`;
  return earlier.has(name) ? `it has ${shown} twice` : undefined;
}
