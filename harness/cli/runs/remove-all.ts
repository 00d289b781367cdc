import { rmSync } from 'node:fs';
import { usageError } from '../../domain/errors.ts';
import { confirm } from '../terminal/confirm.ts';
import { textTable } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { formatBytes } from './directory-size.ts';
import type { Removables } from './find-removable.ts';

/**
 * Shows what goes, asks, removes it, says what was freed. Looks again after asking: what came into use in the meantime stays. Throws `CONFIRMATION_MISSING` where it may not ask: runs hold
 * people's work.
 */
export async function removeAll(
  look: () => Promise<Removables>,
  { dryRun, yes }: { dryRun: boolean; yes: boolean },
  terminal: Terminal,
): Promise<void> {
  const { removable, kept } = await look();
  const bytes = removable.reduce((sum, item) => sum + item.bytes, 0);
  for (const { name, reason } of kept) terminal.err(`Stays: ${name}, because ${reason}.`);
  if (!terminal.json && removable.length > 0) {
    terminal.out(
      textTable(
        [{ title: 'Kind' }, { title: 'Name' }, { title: 'Size', align: 'right' }],
        removable.map((item) => [item.kind, item.name, formatBytes(item.bytes)]),
      ),
    );
  }
  const remove = !dryRun && removable.length > 0;
  if (remove && !yes) {
    if (!terminal.interactive)
      throw usageError(
        'CONFIRMATION_MISSING',
        `This would remove ${removable.length} things (${formatBytes(bytes)}).`,
        'add --yes, or look first with --dry-run',
      );
    if (!(await confirm(`Remove these ${removable.length} (${formatBytes(bytes)})?`, terminal))) return;
  }
  if (remove) {
    const shown = new Set(removable.map(({ path }) => path));
    const free = yes ? removable : (await look()).removable.filter(({ path }) => shown.has(path));
    for (const { path } of free) rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  }
  if (terminal.json) terminal.outJson({ removed: remove, bytes, items: removable, kept });
  else
    terminal.err(
      removable.length === 0 ? 'Nothing to remove.' : `${remove ? 'Freed' : 'Would free'} ${formatBytes(bytes)}.`,
    );
}
