import { haproxy } from './program.ts';
import { programProxy } from './program-proxy.ts';

/** A proxy known to be fast, with one thread, as a link has. */
export const haproxyProxy = programProxy({
  program: haproxy,
  args: async (file) => ['-db', '-f', file],
  configuration: (port, servicePort) => `global
  nbthread 1
defaults
  mode tcp
  timeout connect 5s
  timeout client 60s
  timeout server 60s
listen bench
  bind 127.0.0.1:${port}
  server service 127.0.0.1:${servicePort}
`,
});
