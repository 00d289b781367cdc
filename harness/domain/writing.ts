import type { RubricDimension } from './rubric.ts';
import type { Level } from './scenario.ts';
import { withoutComments } from './without-comments.ts';

export const writingKinds = ['written', 'design', 'onboarding'] as const;
export type WritingKind = (typeof writingKinds)[number];

/** Something that there is to say. */
export interface Point {
  /** Kebab-case; decoys refer to it. */
  readonly name: string;
  /** Whether even an adequate answer says it, or only a strong one. */
  readonly depth: 'adequate' | 'strong';
  /** It is said by a paragraph that each of these fits. */
  readonly says: readonly RegExp[];
  /** And that names one of these files of the app, where it is about the app. */
  readonly files?: readonly string[];
  /** What it is about, for whoever reads the answer. */
  readonly means: string;
}

/** Something that a good answer does not say. */
export interface RedFlag {
  readonly name: string;
  readonly says: RegExp;
  readonly means: string;
}

/** What an author writes in `writing.ts`: an exercise that is answered in writing. */
export interface WritingDefinition {
  readonly kind: WritingKind;
  readonly title: string;
  /** One line for the list. */
  readonly summary: string;
  readonly level: Level;
  readonly minutes: number;
  readonly skills: readonly string[];
  /** The headings of the form, with what each asks for. */
  readonly sections: readonly { readonly title: string; readonly asks: string }[];
  readonly points: readonly Point[];
  readonly redFlags: readonly RedFlag[];
  /** The scenario that measures what is designed here once it is built. */
  readonly builtIn?: string;
  readonly dimensions: readonly RubricDimension[];
}

export interface GradedWriting {
  readonly said: readonly { readonly point: Point; readonly where: string }[];
  readonly unsaid: readonly Point[];
  readonly redFlags: readonly { readonly flag: RedFlag; readonly where: string }[];
  /** Headings of the form without a text. */
  readonly empty: readonly string[];
  readonly words: number;
  /** What the points come to: nothing that an adequate answer says is missing, and of the rest at least half is there. How well it is said is for people. */
  readonly reach: 'strong' | 'adequate' | 'short of adequate';
}

/** Of what only strong answers say, this share has to be there, 0 to 1. */
const strongShare = 0.5;

/**
 * Which points an answer makes, paragraph by paragraph, and which red flags it shows. The same text gives the same result. It finds what is there; whether it is understood is for
 * people to judge, with the rubric.
 */
export function gradeWriting({ sections, points, redFlags }: WritingDefinition, markdown: string): GradedWriting {
  const text = withoutComments(markdown);
  const paragraphs = paragraphsOf(text);
  const where = ({ says, files }: Pick<Point, 'says' | 'files'>) =>
    paragraphs.find(
      (paragraph) =>
        says.every((pattern) => pattern.test(paragraph)) &&
        (files === undefined || files.some((file) => paragraph.includes(file))),
    );
  const found = points.map((point) => ({ point, where: where(point) }));
  const said = found.flatMap((one) => (one.where === undefined ? [] : [{ point: one.point, where: one.where }]));
  const unsaid = found.filter((one) => one.where === undefined).map(({ point }) => point);
  const strong = points.filter(({ depth }) => depth === 'strong');
  const strongSaid = said.filter(({ point }) => point.depth === 'strong').length;
  const isAdequate = unsaid.every(({ depth }) => depth === 'strong');
  return {
    said,
    unsaid,
    redFlags: redFlags.flatMap((flag) => {
      const shown = where({ says: [flag.says] });
      return shown === undefined ? [] : [{ flag, where: shown }];
    }),
    empty: sections.map(({ title }) => title).filter((title) => sectionOf(text, title) === ''),
    words: text.split(/\s+/).filter(Boolean).length,
    reach: !isAdequate ? 'short of adequate' : strongSaid >= strongShare * strong.length ? 'strong' : 'adequate',
  };
}

/** How an answer came out, in a line. */
export function writingInShort({ reach, said, unsaid, words }: GradedWriting): string {
  return `${reach}: ${said.length} of ${said.length + unsaid.length} points in ${words} words`;
}

/** The form to fill in: a heading for each section, with what it asks for as a comment. Markdown. */
export function writingForm({ title, sections }: WritingDefinition): string {
  return [`# ${title}\n`, ...sections.map((one) => `## ${one.title}\n\n<!-- ${one.asks} -->\n`)].join('\n');
}

/** What is about one thing: a paragraph, an item of a list. Headings are the form's. */
function paragraphsOf(text: string): readonly string[] {
  return text
    .replaceAll(/^#.*$/gm, '')
    .split(/\n\s*\n(?!\s+\S)|\n(?=\s*(?:[-*]|\d+\.)\s+)/)
    .map((paragraph) => paragraph.replaceAll(/\s+/g, ' ').trim())
    .filter(Boolean);
}

function sectionOf(text: string, title: string): string {
  const parts = text.split(/^## +/m).map((part) => part.split('\n'));
  return (parts.find(([heading]) => heading?.trim() === title) ?? []).slice(1).join('\n').trim();
}
