/** A TCP proxy that passes connections on to a service. */
export interface RunningProxy {
  /** Of 127.0.0.1. */
  readonly port: number;
  /** Processor time it has used so far, the kernel's included. */
  cpuSeconds(): Promise<number>;
  stop(): Promise<void>;
}

/** One way to have a proxy. */
export interface ProxyKind {
  readonly name: string;
  /** Passes connections on to this port of 127.0.0.1; says why when there is no such proxy here. */
  start(servicePort: number): Promise<RunningProxy | { readonly missing: string }>;
}
