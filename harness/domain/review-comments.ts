import { diffLines } from './diff-lines.ts';
import { type ReviewComment, type Severity, severities } from './review.ts';
import { withoutComments } from './without-comments.ts';

const place = String.raw`(?<file>[\w./-]+\.\w+):(?<from>\d+)(?:\s*[-–]\s*(?<to>\d+))?`;
/** `### src/a.ts:12-14 (high)` or `- src/a.ts:12 [high]: text`, the path perhaps in backticks. */
const opening = new RegExp(String.raw`^\s*(?:#{1,6}|[-*])\s+\**\x60?${place}\x60?\**(?<rest>.*)$`);
const severityIn = new RegExp(String.raw`^\s*[([]\s*(${severities.join('|')})\s*[)\]]\s*[:.–-]?\s*`, 'i');

/**
 * The comments of a review: of a Markdown text, in which each begins with the lines it is about, or of the pull request's own diff with lines that begin with `#`
 * below the line they are about.
 */
export function parseReview(text: string): readonly ReviewComment[] {
  return /^@@ /m.test(text) ? inDiff(text) : inMarkdown(text);
}

function inMarkdown(text: string): readonly ReviewComment[] {
  const comments: ReviewComment[] = [];
  for (const line of withoutComments(text).split('\n')) {
    const groups = opening.exec(line)?.groups;
    if (groups !== undefined) {
      const from = Number(groups.from);
      const lines = { file: groups.file!, from, to: Number(groups.to ?? from) };
      comments.push({ ...lines, ...withSeverity(groups.rest ?? '') });
    } else if (comments.length > 0) {
      const last = comments.pop()!;
      comments.push({ ...last, text: `${last.text}\n${line}` });
    }
  }
  return comments.map((comment) => ({ ...comment, text: comment.text.trim() }));
}

function inDiff(text: string): readonly ReviewComment[] {
  const comments: ReviewComment[] = [];
  let continues = false;
  for (const { text: written, file, line } of diffLines(text)) {
    const isComment = written.startsWith('#') && file !== undefined;
    if (isComment && continues) {
      const last = comments.pop()!;
      comments.push({ ...last, text: `${last.text}\n${written.slice(1).trim()}` });
    } else if (isComment) {
      const at = Math.max(1, line);
      comments.push({ file, from: at, to: at, ...withSeverity(written.slice(1)) });
    }
    continues = isComment;
  }
  return comments;
}

function withSeverity(rest: string): { readonly severity?: Severity; readonly text: string } {
  const found = severityIn.exec(rest);
  const text = rest
    .slice(found?.[0].length ?? 0)
    .replace(/^\s*[:.–-]\s*/, '')
    .trim();
  return { ...(found && { severity: found[1]!.toLowerCase() as Severity }), text };
}
