import { chmod } from 'node:fs/promises';
import { boxed, whyNotBoxed } from '../../platform/box.ts';
import { whyNotConfined } from '../../platform/confinement.ts';
import { removeTemporaryDirectory, temporaryDirectory } from '../../platform/files.ts';
import { runGameday } from '../gameday-process.ts';
import { boxedOptions } from './boxed-options.ts';
import type { GradeFile, Isolation } from './isolation.ts';

/** In namespaces of this kernel: nothing of a submission reaches the network or another process, and nothing stays. */
export const inNamespaces: Isolation = {
  name: 'namespaces',
  async prepare() {
    const declined = whyNotConfined() ?? whyNotBoxed();
    return declined === undefined ? grade : { declined };
  },
};

const grade: GradeFile = async (file, wishes, say, signal) => {
  // What is in the box is killed with it, what it wrote is not.
  const temporary = temporaryDirectory('box');
  await chmod(temporary, 0o711);
  const cache = process.env.GAMEDAY_CACHE;
  try {
    const grading = {
      name: `the grading of ${file}`,
      args: ['grade', file, '--out', wishes.out, ...boxedOptions('namespaces', wishes)],
      env: { TMPDIR: temporary, ...(cache && { GAMEDAY_CACHE: cache }) },
      within: boxed,
      failure: { code: 'GRADING_ENDED' },
      onLine: say,
    };
    return await runGameday(grading, signal);
  } finally {
    removeTemporaryDirectory(temporary);
  }
};
