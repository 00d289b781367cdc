/** What a partner's API answers. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** What the request was about, on the requests that change something: a replay is recorded under it. */
  readonly reference?: string;
}
