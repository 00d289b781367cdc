import { withoutComments } from './without-comments.ts';

/** What a diagnosis has to say, section by section, in the order in which it is told. */
export const diagnosisSections = [
  { title: 'Symptom', asks: 'What did users and monitoring show? Who was affected, how badly, since when?' },
  { title: 'How it was found', asks: 'What did you look at, what did you rule out, what gave it away?' },
  {
    title: 'Root cause',
    asks: 'What does the system do, step by step, that it should not? Name the statement, the plan node, the line of code.',
  },
  { title: 'Change', asks: 'What did you change, and why does that remove the cause?' },
  { title: 'Before and after', asks: 'The figures that show it, each with its evidence.' },
  { title: 'Alternatives rejected', asks: 'What else would have helped, and why is it worse?' },
  { title: 'Prevention', asks: 'What would have caught this before customers did?' },
] as const;

export type DiagnosisSection = (typeof diagnosisSections)[number]['title'];

export const citationKinds = ['plan', 'metric', 'trace', 'ledger', 'statement', 'survey'] as const;
export type CitationKind = (typeof citationKinds)[number];

/** A figure as it is written in front of a citation. */
export interface Quantity {
  readonly value: number;
  /** The words between the figure and its evidence, in lower case, for example `ms`, `pages per request`, `times fewer pages`. */
  readonly unit: string;
  /** The percentile that is named before it, for example 95. */
  readonly percentile?: number;
}

/** Something that a diagnosis says and names evidence for. */
export interface Claim {
  readonly section: DiagnosisSection;
  /** The sentence it stands in. */
  readonly sentence: string;
  readonly kind: CitationKind;
  /** What stands after the kind, for example `order_items` or `open order,before`. */
  readonly source: string;
  /** Absent when the sentence has no figure before the citation: then only what is cited counts. */
  readonly quantity?: Quantity;
}

export interface Diagnosis {
  /** What is written in each section; sections without a text are missing. */
  readonly sections: ReadonlyMap<DiagnosisSection, string>;
  readonly claims: readonly Claim[];
  /** Sentences with figures and without evidence. */
  readonly uncited: readonly { readonly section: DiagnosisSection; readonly sentence: string }[];
}

const heading = /^#{1,3}\s+(.+?)\s*$/;
const citation = /\[(plan|metric|trace|ledger|statement|survey):([^\]]+)\]/g;
const figure = /(?<![\w.])(\d{1,3}(?:[ ,']\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*([^\d[\]]*)$/;
const percentileBefore = /\bp(?:\(?)(\d{2}(?:\.\d+)?)\)?[^.;[\]]*$/i;
/** A figure that claims something: a number with a unit behind it, not a version, a date or a line of code. */
const claimed = /(?<![\w.:])\d[\d,.']*\s*(?:ms|s|%|times|x|×|pages|buffers|rows|statements|requests|queries)(?!\w)/i;

/**
 * Reads a diagnosis written in Markdown. What the form asks in comments (`<!-- … -->`) is not part of it; sections with other titles belong to the one before.
 */
export function parseDiagnosis(markdown: string): Diagnosis {
  const sections = sectionsOf(withoutComments(markdown));
  const sentences = [...sections].flatMap(([section, text]) =>
    sentencesOf(text).map((sentence) => ({ section, sentence })),
  );
  const claims = sentences.flatMap(({ section, sentence }) => claimsIn(section, sentence));
  const uncited = sentences.filter(({ sentence }) => claimed.test(sentence) && sentence.search(citation) < 0);
  return { sections, claims, uncited };
}

/** The form to fill in, with what each section asks for as a comment. */
export function diagnosisForm(title: string, note: string): string {
  const sections = diagnosisSections.map((section) => `## ${section.title}\n\n<!-- ${section.asks} -->\n`);
  return [`# Diagnosis: ${title}\n`, `<!--\n${note}\n-->\n`, ...sections].join('\n');
}

function sectionsOf(text: string): ReadonlyMap<DiagnosisSection, string> {
  const found = new Map<DiagnosisSection, string>();
  let current: DiagnosisSection | undefined;
  for (const line of text.split('\n')) {
    const title = heading.exec(line)?.[1]?.toLowerCase();
    const section = diagnosisSections.find((one) => one.title.toLowerCase() === title);
    if (section !== undefined) current = section.title;
    else if (current !== undefined) found.set(current, `${found.get(current) ?? ''}${line}\n`);
  }
  return new Map([...found].map(([title, body]) => [title, body.trim()] as const).filter(([, body]) => body !== ''));
}

/** A line of a list or table is a sentence, too. A full stop ends one only before a space, so that figures and names stay whole. */
function sentencesOf(text: string): readonly string[] {
  return text
    .split(/\n\s*\n|\n(?=\s*(?:[-*|]|\d+\.)\s*)/)
    .flatMap((block) => block.replaceAll(/\s+/g, ' ').split(/(?<=[.!?])\s+(?=[^\s[])/))
    .map((sentence) => sentence.trim())
    .filter(Boolean);
}

function claimsIn(section: DiagnosisSection, sentence: string): readonly Claim[] {
  let from = 0;
  return [...sentence.matchAll(citation)].map((found) => {
    const before = sentence.slice(from, found.index).replaceAll(/[|*_`]/g, ' ');
    from = found.index + found[0].length;
    const [, kind, source = ''] = found;
    const quantity = quantityIn(before);
    return { section, sentence, kind: kind as CitationKind, source: source.trim(), ...(quantity && { quantity }) };
  });
}

function quantityIn(before: string): Quantity | undefined {
  const [matched, number, unit = ''] = figure.exec(before.trimEnd()) ?? [];
  if (matched === undefined || number === undefined) return undefined;
  const percentile = percentileBefore.exec(before.slice(0, before.trimEnd().length - matched.length))?.[1];
  return {
    value: Number(number.replaceAll(/[ ,']/g, '')),
    unit: unit.replaceAll(/[()]/g, '').trim().toLowerCase(),
    ...(percentile !== undefined && { percentile: Number(percentile) }),
  };
}
