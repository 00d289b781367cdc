import { describe, expect, it } from 'vitest';
import { environmentError } from '../../../harness/domain/errors.ts';
import { diskFull } from '../../../harness/services/disk-full.ts';

describe('a full disk', () => {
  it.each([
    ['PostgreSQL', Object.assign(new Error('could not extend file "base/5/16384"'), { code: '53100' })],
    ['Node', Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })],
    ['a quota', Object.assign(new Error('EDQUOT: disk quota exceeded, write'), { code: 'EDQUOT' })],
    ['a program', environmentError('COMMAND_FAILED', 'cp ended with 1: error writing x: No space left on device')],
  ])('is told as such when %s notices it', (_, error) => {
    expect(diskFull(error, 'It could not be done')).toMatchObject({
      code: 'DISK_FULL',
      message: `It could not be done, because a disk is full: ${error.message}`,
      hint: expect.stringMatching(/gameday clean.*GAMEDAY_CACHE and GAMEDAY_RUNS/),
      exitCode: 3,
    });
  });

  it('is told by the line that says so', () => {
    const chatter = new Error(
      'initdb ended with 1: creating subdirectories ... ok\n  FATAL: No space left on device\nremoving data',
    );
    expect(diskFull(chatter, 'It could not be done')?.message).toBe(
      'It could not be done, because a disk is full: FATAL: No space left on device',
    );
  });

  it('keeps the words of who measured the room', () => {
    const measured = environmentError('DISK_FULL', '2.00 GB are needed, 0.10 GB are free');
    expect(diskFull(measured, 'It could not be done')).toBe(measured);
  });

  it('is not seen in other trouble', () => {
    for (const error of [new Error('connection refused'), 'text', undefined, null])
      expect(diskFull(error, 'It could not be done')).toBeUndefined();
  });
});
