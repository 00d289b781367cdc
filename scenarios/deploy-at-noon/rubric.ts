import { defineRubric } from '../../harness/authoring.ts';

export default defineRubric({
  facts: [
    'ALTER TABLE … ADD COLUMN needs an ACCESS EXCLUSIVE lock, if only for a moment, and has to wait for every transaction that has used the table and is still open, such as the import’s.',
    'Locks are granted in order: whoever comes after the waiting ALTER, a plain SELECT or INSERT too, queues behind it, although it would get along with the one in front.',
    'So the harm begins while the migration does nothing but wait, and the database looks bored; within seconds all pool connections of both API processes wait, and requests that don’t touch the table fail, too.',
    'A lock is kept until the transaction ends. The file is one transaction: ACCESS EXCLUSIVE is kept while half a million rows are updated, checked and indexed.',
    'lock_timeout alone turns harm into a failed deploy: there has to be a next attempt, after a pause in which the queue drains.',
    'ADD COLUMN with a constant DEFAULT does not rewrite the table (since PostgreSQL 11); SET NOT NULL scans it, unless a validated CHECK already proves it.',
    'A foreign key added NOT VALID is checked for new rows at once; VALIDATE CONSTRAINT reads the old ones under SHARE UPDATE EXCLUSIVE, which lets everybody read and write.',
    'CREATE INDEX keeps writers out while it runs; CONCURRENTLY does not, can not run in a transaction, and leaves an invalid index behind when it fails.',
    'Migrations run while the previous version serves: without a default its INSERTs violate NOT NULL until the last process is replaced.',
  ],
  dimensions: [
    {
      name: 'Diagnosis',
      anchors: {
        1: 'Says that the migration is slow, or that the table is too big.',
        3: 'Names the lock of each statement and shows who waited for whom.',
        5: 'Keeps waiting, working and living beside the old version apart, with the queue shown in pg_locks and times for each statement.',
      },
    },
    {
      name: 'Repair',
      anchors: {
        1: 'Deploys at night, stops the import, or kills what is in the way.',
        3: 'CONCURRENTLY, NOT VALID and a lock_timeout, each where it belongs.',
        5: 'Small steps that can each fail and be run again, an attempt that repeats itself, and a plan for what an interrupted step leaves behind.',
      },
    },
    {
      name: 'Proof',
      anchors: {
        1: 'The migration went through.',
        3: 'Error rate and p95 during the deploy, with the import under way.',
        5: 'Tried the steps one by one against an open transaction, and measured the longest lock and the longest wait before it was deployed.',
      },
    },
    {
      name: 'Care during the incident',
      anchors: {
        1: 'Deployed again and again and hoped.',
        3: 'One harmful deploy at most, ended as soon as it hurt.',
        5: 'No harm that was avoidable: read the locks first, told those who use the table, and left the default for a later deploy to remove.',
      },
    },
  ],
});
