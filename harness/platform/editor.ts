import { spawn } from 'node:child_process';
import { environmentError } from '../domain/errors.ts';

/** The editor that the user has chosen, as git asks for it; undefined when there is none. May have arguments. */
export const chosenEditor = (): string | undefined => process.env.VISUAL || process.env.EDITOR || undefined;

/**
 * Opens a file in an editor and waits until it is closed. Throws `EDITOR_FAILED`.
 * @param editor a command line of the shell, to which the file is added
 */
export async function editFile(editor: string, file: string): Promise<void> {
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = spawn('sh', ['-c', `${editor} "$1"`, 'gameday', file], { stdio: 'inherit' });
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code === 0) return;
  throw environmentError(
    'EDITOR_FAILED',
    `The editor "${editor}" ended with ${code ?? 'a signal'}; ${file} is as it left it.`,
    'Set VISUAL or EDITOR to another one, or edit the file by yourself.',
  );
}
