import { describe, expect, it } from 'vitest';
import { fenced, inline } from '../../../harness/reports/markdown.ts';
import { oneLine, plainText } from '../../../harness/reports/plain-text.ts';

describe('text of participants', () => {
  it('is no HTML, no markup, no link and no table cell border', () => {
    expect(inline('<img src=x onerror=alert(1)>')).toBe('&lt;img src=x onerror=alert(1)&gt;');
    expect(inline('a | b')).toBe('a \\| b');
    expect(inline('[x](http://evil.example) ![y](z) `c` *d* _e_ ~f~')).toBe(
      '\\[x\\](http&#58;//evil.example) \\!\\[y\\](z) \\`c\\` \\*d\\* \\_e\\_ \\~f\\~',
    );
    expect(inline('&lt;b&gt;')).toBe('&amp;lt;b&amp;gt;');
    expect(inline('# heading')).toBe('\\# heading');
    expect(inline('1. item')).toBe('1\\. item');
    expect(inline('- item')).toBe('\\- item');
    expect(inline('www.evil.example')).toBe('www&#46;evil.example');
  });

  it('can not end a fence', () => {
    expect(fenced('a\n```\nb ````', 'sql')).toBe('`````sql\na\n```\nb ````\n`````');
    expect(fenced('')).toBe('```\n\n```');
  });

  it('has no terminal escapes and no invisible reordering, but keeps its lines', () => {
    expect(plainText('a\u001b[2Jb\u0007\u009b31m\u202ec\u200b\r\nd\te')).toBe('abc\nd\te');
    expect(oneLine('a\n\n  b\tc', 4)).toBe('a b…');
  });
});
