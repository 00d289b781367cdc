import { defineRubric } from '../../harness/authoring.ts';

export default defineRubric({
  facts: [
    'Every request loads the session from PostgreSQL, but the user’s status comes from the profile cached in Redis under profile:<id> for 600 seconds.',
    'The ban only updates users.status; nothing removes or changes the cached profile, so access lasts for what is left of its time to live: 0 to 10 minutes.',
    'PATCH /v1/me/preferences forgets the cached profile, ban, unban and role changes don’t, so role changes are late in the same way.',
    'Redis also holds the job queue, and the cache protects the database, so flushing it is no remedy.',
    'Forgetting the key after the commit leaves a window: a request that read the old row before can still store it afterwards.',
  ],
  dimensions: [
    {
      name: 'Diagnosis',
      anchors: {
        1: 'Says that something is cached.',
        3: 'Names the cached profile, its ten minutes and the missing invalidation on ban.',
        5: 'Shows it with TTL, row and answers side by side, finds that roles and account suspension have the same gap, and sees the read-through race.',
      },
    },
    {
      name: 'Repair',
      anchors: {
        1: 'Cache removed or shortened to a second, a list in the memory of one process, or Redis flushed.',
        3: 'Ban and unban forget the one profile; roles or the race are left out.',
        5: 'What decides over access is read fresh at no extra round trip, or the invalidation is complete and safe against concurrent reads; the rest of the cache is untouched.',
      },
    },
    {
      name: 'Judgement under pressure',
      anchors: {
        1: 'Acts on production without knowing what it does to others.',
        3: 'Contains the known case first (ends the session, removes the one key), then repairs.',
        5: 'Also finds out who else was banned lately and what they did meanwhile, and tells security how long the exposure was.',
      },
    },
    {
      name: 'Explanation',
      anchors: {
        1: '“Cache invalidation is hard.”',
        3: 'States old and new worst case for a ban to take effect.',
        5: 'States the bound with its reason, what it costs per request, what happens when Redis is away, and which test would have caught it.',
      },
    },
  ],
});
