import { describe, expect, it } from 'vitest';
import { discoverScenarios } from '../../../harness/run/catalogue.ts';
import { discoverReviews } from '../../../harness/run/reviews.ts';
import { discoverWritings } from '../../../harness/run/writings.ts';
import { assemble } from '../../../harness/take-home/pack.ts';
import { findLeaks, secretsOf } from '../../../harness/take-home/secrets.ts';

const secrets = [
  { of: 'what is wrong', text: 'A foreign key  without an index' },
  { of: 'another scenario', text: 'paid-twice' },
];

describe('the search for what an archive would tell', () => {
  it('finds a secret whatever its spacing and case, also over the end of a line, and says where it begins', () => {
    const files = new Map([
      ['README.md', 'Fine.\nSee also PAID-TWICE.\n'],
      ['src/a.ts', '// fine\n// a foreign key without\n an index\n'],
      ['src/b.ts', 'nothing here'],
    ]);
    expect(findLeaks(files, secrets).map(({ file, line, secret }) => [file, line, secret.of])).toEqual([
      ['README.md', 2, 'another scenario'],
      ['src/a.ts', 1, 'what is wrong'],
    ]);
  });
});

describe('a take-home of every scenario', async () => {
  const { scenarios } = await discoverScenarios();

  it.each(scenarios.map((scenario) => [scenario.id, scenario] as const))(
    'of %s can be packed',
    async (id, scenario) => {
      const wishes = { scenarios: [scenario], catalogue: scenarios, candidate: 'ada-1', hours: 2 };
      const { files, takeHome } = await assemble(wishes);
      const paths = [...files.keys()];
      expect(paths.filter((path) => path.startsWith('scenarios/') && !path.startsWith(`scenarios/${id}/`))).toEqual([]);
      const kept = /(^|\/)(solution|decoys|test|rubric\.ts|proof\.json|curve\.json|\.git|prove\.ts)(\/|$)/;
      expect(paths.filter((path) => kept.test(path) && !path.startsWith('sandbox-app/'))).toEqual([]);
      expect([...files.values()].filter((text) => text.includes(takeHome.canary)).length).toBeGreaterThan(2);
    },
  );

  it('knows something to look for in every scenario: flaw, rubric, mechanism, patches', async () => {
    for (const scenario of scenarios) {
      const found = await secretsOf([scenario], scenarios, []);
      const kinds = new Set(found.map(({ of }) => of.replace(scenario.id, '…')));
      expect(kinds, scenario.id).toEqual(
        new Set([
          'another scenario',
          'what is wrong in …',
          'the rubric of …',
          'why.md of …',
          'a decoy of …',
          'a patch of …',
        ]),
      );
    }
  });

  it('refuses to be packed when what is shown tells', async () => {
    const [scenario] = scenarios;
    const telling = { ...scenario!, definition: { ...scenario!.definition, failure: 'Tradepost' } };
    const packing = assemble({ scenarios: [telling], catalogue: scenarios, candidate: 'ada-1', hours: 2 });
    await expect(packing).rejects.toMatchObject({ code: 'PACK_TELLS', exitCode: 2 });
  });

  it('can have every review and exercise in writing beside it, each in a folder of its own with what a candidate gets', async () => {
    const [reviews, writings] = [await discoverReviews(), await discoverWritings()];
    const wishes = {
      scenarios: [scenarios[0]!],
      reviews,
      writings,
      catalogue: scenarios,
      candidate: 'ada-1',
      hours: 4,
    };
    const { files, takeHome } = await assemble(wishes);
    const ids = [...reviews, ...writings].map(({ id }) => id);
    expect(takeHome.handOuts.map(({ id }) => id)).toEqual(ids);
    const inFolders = [...files.keys()].filter((path) => path.startsWith('exercises/'));
    expect(inFolders.sort()).toEqual(
      [
        ...reviews.flatMap(({ id }) =>
          ['README.md', 'change.diff', 'review.md'].map((name) => `exercises/${id}/${name}`),
        ),
        ...writings.flatMap(({ id }) => ['README.md', 'answer.md'].map((name) => `exercises/${id}/${name}`)),
      ].sort(),
    );
    for (const id of ids) expect(files.get('README.md')).toContain(`exercises/${id}/`);
    expect(files.has('docker-compose.override.yml')).toBe(true);
  });

  it('refuses to be packed when an exercise beside it tells what it is read for', async () => {
    const [review] = await discoverReviews();
    const [writing] = await discoverWritings();
    const only = { scenarios: [scenarios[0]!], catalogue: scenarios, candidate: 'ada-1', hours: 4 };
    const telling = { ...review!, pullRequest: `Note: ${review!.definition.issues[0]!.consequence}` };
    await expect(assemble({ ...only, reviews: [telling] })).rejects.toMatchObject({ code: 'PACK_TELLS' });
    const answered = { ...writing!, task: writing!.model };
    await expect(assemble({ ...only, writings: [answered] })).rejects.toMatchObject({ code: 'PACK_TELLS' });
  });

  it('has the variant that is named, and with auto, or none, the one that follows from the candidate', async () => {
    const scenario = scenarios.find(({ variants }) => variants.length > 2)!;
    const wishes = { scenarios: [scenario], catalogue: scenarios, candidate: 'ada-1', hours: 2 };
    const chosen = async (variant?: string) =>
      (await assemble(variant === undefined ? wishes : { ...wishes, variant })).variants[0]?.variant;
    const own = await chosen();
    expect(await chosen('auto')).toBe(own);
    const another = scenario.variants.find((name) => name !== own)!;
    expect(await chosen(another)).toBe(another);
    await expect(chosen('none-such')).rejects.toMatchObject({ code: 'VARIANT_UNKNOWN' });
  });

  it('refuses to be packed without a scenario', async () => {
    const packing = assemble({ scenarios: [], catalogue: scenarios, candidate: 'ada-1', hours: 2 });
    await expect(packing).rejects.toMatchObject({ code: 'NOTHING_TO_PLAY', exitCode: 2 });
  });

  it.each(['../evil', 'a/b', '', '-x'])('refuses the candidate %j', async (candidate) => {
    const packing = assemble({ scenarios: [], catalogue: scenarios, candidate, hours: 2 });
    await expect(packing).rejects.toMatchObject({ code: 'CANDIDATE_INVALID' });
  });
});
