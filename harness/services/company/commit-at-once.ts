/**
 * For sessions that fill tables and vacuum them: their commits are in the server's log before the next statement. Our servers write commits later, for speed; then
 * VACUUM comes too early to mark the pages as visible to everybody, for a row whose transaction is not in the log yet, or another of the same 32, gets no hint bit
 * (PostgreSQL, src/backend/access/transam/README, "Asynchronous Commit").
 */
export const commitAtOnce = 'SET synchronous_commit = on';
