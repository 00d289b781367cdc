/** What was found out about one need. */
export interface Finding {
  readonly what: string;
  /** `poor`: it will work, but not well. `missing`: it will not. `unneeded`: it will, without this. */
  readonly state: 'ok' | 'poor' | 'missing' | 'unneeded';
  readonly found: string;
  readonly fix?: string;
}
