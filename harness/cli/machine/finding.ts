/** What was found out about one need. */
export interface Finding {
  readonly what: string;
  /** `poor`: it will work, but not well. `missing`: it will not. */
  readonly state: 'ok' | 'poor' | 'missing';
  readonly found: string;
  readonly fix?: string;
}
