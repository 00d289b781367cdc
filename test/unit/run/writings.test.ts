import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gradeWriting, writingForm } from '../../../harness/domain/writing.ts';
import { projectRoot } from '../../../harness/platform/files.ts';
import { discoverWritings, findWriting } from '../../../harness/run/writings.ts';

const writings = await discoverWritings();
const missedBy = (decoy: string) => /^<!-- Misses: (\S+) -->/.exec(decoy)?.[1];

describe('exercises in writing', () => {
  it('are of every kind, three of them written', () => {
    const kinds = writings.map(({ definition: { kind } }) => kind).sort();
    expect(kinds).toEqual(['design', 'onboarding', 'written', 'written', 'written']);
  });

  it('refuse a name that is none, with those that are', async () => {
    await expect(findWriting('nonsense')).rejects.toMatchObject({
      code: 'WRITING_UNKNOWN',
      hint: expect.stringContaining('written-payment-endpoint'),
    });
  });

  describe.each(writings)('$id', ({ definition, model, decoys, task }) => {
    it('finds every point in the model answer, and no red flag', () => {
      const graded = gradeWriting(definition, model);
      expect(graded.unsaid.map(({ name }) => name)).toEqual([]);
      expect(graded.redFlags.map(({ flag, where }) => [flag.name, where])).toEqual([]);
      expect(graded.empty).toEqual([]);
      expect(graded.reach).toBe('strong');
    });

    it('finds nothing in the form as it is handed out, nor in the task', () => {
      const graded = gradeWriting(definition, writingForm(definition));
      expect(graded.said).toEqual([]);
      expect(graded.empty).toEqual(definition.sections.map(({ title }) => title));
      expect(gradeWriting(definition, task).reach).toBe('short of adequate');
    });

    it.each([...decoys])('sees that "%s" falls short, and where', (_name, decoy) => {
      const graded = gradeWriting(definition, decoy);
      expect(graded.reach).toBe('short of adequate');
      expect(graded.unsaid.map(({ name }) => name)).toContain(missedBy(decoy));
    });

    it('has two answers at least that fall short', () => {
      expect(decoys.size).toBeGreaterThanOrEqual(2);
    });

    it('shows each of its red flags in one of them', () => {
      const shown = [...decoys.values()].flatMap((decoy) => gradeWriting(definition, decoy).redFlags);
      expect(definition.redFlags.map(({ name }) => name)).toEqual(
        expect.arrayContaining([...new Set(shown.map(({ flag }) => flag.name))]),
      );
      expect(shown.length).toBeGreaterThan(0);
    });

    it('names files that the app has, and a scenario that there is', () => {
      for (const file of definition.points.flatMap(({ files = [] }) => files))
        expect(existsSync(join(projectRoot, 'sandbox-app/src', file)), file).toBe(true);
      if (definition.builtIn)
        expect(readFileSync(join(projectRoot, 'scenarios', definition.builtIn, 'scenario.ts'), 'utf8')).toContain(
          'defineScenario',
        );
    });
  });
});
