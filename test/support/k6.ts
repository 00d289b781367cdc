import { findK6 } from '../../harness/engines/k6/k6-program.ts';

const found = await findK6();

/** Why tests of k6 are skipped here; undefined where there is a k6. */
export const noK6: string | undefined = 'missing' in found ? found.missing : undefined;
