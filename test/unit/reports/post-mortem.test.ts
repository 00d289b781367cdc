import { describe, expect, it } from 'vitest';
import { parseDiagnosis } from '../../../harness/domain/diagnosis.ts';
import { renderPostMortem } from '../../../harness/reports/post-mortem.ts';

const draft = (markdown?: string) =>
  renderPostMortem({ run: 'a-run', events: [], ...(markdown && { diagnosis: parseDiagnosis(markdown) }) });

describe('a post-mortem draft', () => {
  it('asks for what nobody has written yet', () => {
    expect(draft()).toContain('_Cause: the mechanism, with figures.');
  });

  it('begins with what the diagnosis says, and asks for the rest', () => {
    const text = draft(
      '## Root cause\n\nA query for each row.\n\n- 102 statements\n\n## Prevention\n\nAn alert on statements.\n',
    );
    expect(text).toContain('> A query for each row.');
    expect(text).toContain('statements');
    expect(text).not.toContain('_Cause: the mechanism');
    expect(text).toContain('> An alert on statements.');
    expect(text).toContain('_Trigger: what changed');
  });

  it('takes no markup over from it', () => {
    expect(draft('## Change\n\n<img src=x onerror=alert(1)> [a](javascript:x) `b`\n')).not.toMatch(/<img|[^\\]\]\(/);
  });
});
