import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * When the process started, as the operating system tells it: with the pid it identifies a process for good, because a
 * reused pid has another start time. Undefined when there is no such process, or only its unreaped remains (a zombie).
 * Plain JavaScript because the reaper's child uses it without a TypeScript loader.
 *
 * @param {number} pid
 * @returns {string | undefined}
 */
export function startTimeOf(pid) {
  try {
    return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
  } catch {
    return undefined;
  }
}

// proc_pid_stat(5): "pid (command) state …", where the command may itself hold spaces and parentheses. Counted from the
// state, which is field 3 of the manual, field 22 is the start time in clock ticks since boot.
function fromProc(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[22 - 3];
}

function fromPs(pid) {
  const line = execFileSync('ps', ['-o', 'state=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  const [state, ...started] = line.split(/\s+/);
  return state === undefined || state.startsWith('Z') ? undefined : started.join(' ');
}
