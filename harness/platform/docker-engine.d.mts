/** Sends one request to a Docker engine at `unix:///path` or `tcp://host:port`, and resolves to its answer. Rejects when nobody answers within 3 s or `withinMs`. */
export function askDocker(
  address: string,
  method: 'GET' | 'DELETE',
  path: string,
  withinMs?: number,
): Promise<{ readonly status: number; readonly text: string }>;

/** Ends a container at once and removes it with the volumes that only it has. One that is not there is removed already. */
export function removeContainer(address: string, name: string): Promise<void>;
