import { defineRubric } from '../../harness/authoring.ts';

export default defineRubric({
  facts: [
    'findSession looks a token up by its hash alone: it reads neither expires_at nor revoked_at, so every token that was ever issued opens the door.',
    'Signing a device out sets revoked_at, and the list of devices filters by it: the screen is right while the guard is not.',
    'A session that is over can be renewed, because the guard lets the request to renew it through: one such request makes an expired session good for another thirty days.',
    'Nothing deletes sessions but a sign-out of the device itself: the table gains a row per user and month and has thirteen dead rows for each living one.',
    'The thirty days count from the last renewal (expires_at), not from created_at: who opens the app each day has a session from fourteen months ago.',
    'The lookup reads one row by the unique index on token_hash; two conditions on columns of that row cost nothing.',
    'What is kept in the memory of one instance is not forgotten by the other when a device is signed out there.',
    'Removing rows is not a replacement for the check: between the end of a session and its removal it is as good as ever.',
  ],
  dimensions: [
    {
      name: 'Diagnosis',
      anchors: {
        1: 'Tokens do not work right.',
        3: 'Shows the row of a session that was signed out and the statement that finds it all the same.',
        5: 'Keeps expiry, revocation, renewal of what is over, and growth apart, and shows each by a query or a request.',
      },
    },
    {
      name: 'Repair',
      anchors: {
        1: 'Throws people out by age, or removes rows and calls it a check.',
        3: 'Both dates are checked where the token is looked up; old rows go.',
        5: 'One place decides what a living session is; removal runs apart from requests, in portions, survives a failure, and has an index that serves it.',
      },
    },
    {
      name: 'Safety of the change',
      anchors: {
        1: 'Ends sessions that are in use.',
        3: 'Counts beforehand whom the change will throw out.',
        5: 'Counts beforehand, removes the backlog without locking anybody out, and thinks of two instances of different versions during the roll-out.',
      },
    },
    {
      name: 'Prevention',
      anchors: {
        1: 'None beyond the code.',
        3: 'A test that a signed-out and an expired token are refused.',
        5: 'Also a figure that somebody watches: rows that are over, requests refused for it, and sessions that were used after their end, of which the past ones are looked for.',
      },
    },
  ],
});
