/** When the process started, as an opaque string; undefined when there is no such process or it is a zombie. */
export function startTimeOf(pid: number): string | undefined;
