import { defineReview } from '../../harness/authoring.ts';

const service = 'src/profiles/service.ts';
const cache = 'src/platform/cache.ts';

export default defineReview({
  title: 'Keep profiles in Redis',
  summary: 'A ten-minute cache for what every request needs, with good figures from staging.',
  level: 'mid',
  minutes: 30,
  skills: ['cache invalidation', 'stampedes', 'failure of dependencies'],
  issues: [
    {
      name: 'access-outlives-its-end',
      severity: 'critical',
      places: [
        { file: service, from: 8, to: 8 },
        { file: service, from: 12, to: 12 },
        { file: service, from: 15, to: 17 },
        { file: service, from: 26, to: 26 },
        { file: 'src/profiles/routes.ts', from: 38, to: 38 },
      ],
      consequence:
        'The guard reads status, account and permissions from the profile. Only a change of preferences removes it, so whoever is banned, loses a role or belongs to a suspended account goes on for up to ten minutes.',
      teaches:
        'Ask of each cached field who changes it and who notices when it is old. What decides over access is read with the session, or removed by everything that changes it.',
    },
    {
      name: 'everybody-loads-at-once',
      severity: 'high',
      places: [{ file: service, from: 20, to: 24 }],
      consequence:
        'Between a miss and the end of a load everybody else misses, too, and loads the same seven statements; what was loaded together after a deployment expires together ten minutes later. The busiest people are loaded most often.',
      teaches:
        'Think of the second request that comes while the first is loading. One load per key at a time, and lifetimes that differ; staging has too few people at once to show it.',
    },
    {
      name: 'no-redis-no-product',
      severity: 'medium',
      places: [
        { file: cache, from: 14, to: 17 },
        { file: cache, from: 19, to: 24 },
      ],
      consequence:
        'A cache that can not be reached fails the request, or holds it up for as long as the client retries, although the database has everything: Redis becomes something that no request can do without.',
      teaches: 'A cache is allowed to be missing: a limit for each command, and a load instead of an error.',
    },
  ],
  nonIssues: [
    {
      place: { file: cache, from: 11, to: 12 },
      why: 'Ids are numbers and names are constants, so keys can neither collide nor be chosen by a caller.',
    },
    { place: { file: cache, from: 1, to: 8 }, why: 'An interface with one implementation; taste.' },
    { place: { file: service, from: 1, to: 6 }, why: 'Imports.' },
  ],
});
