/**
 * The Host headers that a server on 127.0.0.1 answers to. Any other means that a name of elsewhere was made to resolve to this machine (DNS
 * rebinding).
 */
export function loopbackHosts(port: number): readonly string[] {
  return [`127.0.0.1:${port}`, `localhost:${port}`];
}
