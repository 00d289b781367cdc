/** What `rubric.ts` of a scenario says: what a good diagnosis states, and how a human reviewer scores it. */
export interface Rubric {
  /** Facts a diagnosis at mechanism level should state. */
  readonly facts: readonly string[];
  readonly dimensions: readonly RubricDimension[];
}

/** One dimension with behavioural anchors. */
export interface RubricDimension {
  readonly name: string;
  readonly anchors: { readonly 1: string; readonly 3: string; readonly 5: string };
}
