/** Traffic that something asks for beside what every new scenario has: customers who place orders, who pay for them, or a warm cache. */
export type Traffic = 'orders' | 'payments' | 'warm cache';

/** A constant at the top of `scenario.ts`. */
export interface Constant {
  readonly name: string;
  /** What stands after the `=`; SQL, as a template. */
  readonly value: string;
  readonly about: string;
}

/** What authoring.ts exports and `gameday new scenario` offers. */
interface Offered {
  /** As it is chosen. */
  readonly name: string;
  /** One of the headings below which it is offered. */
  readonly group: string;
  /** What it means, in a few words. */
  readonly meaning: string;
  /** The export of authoring.ts. */
  readonly calls: string;
  /** Other exports that its constants or arguments use. */
  readonly uses?: readonly string[];
  readonly needs?: readonly Traffic[];
}

/** A fault, and how it stands in the timeline of a new scenario. */
export interface OfferedFault extends Offered {
  /** Seconds after the beginning of the incident. */
  readonly at: number;
  readonly lasting?: number;
  /** Its arguments, formatted as on the outermost level. */
  readonly arguments: string;
  readonly constants?: readonly Constant[];
  /** What somebody practises who repairs what it brings to light. */
  readonly skill: string;
}

/** A check, and how it stands in the objectives of a new scenario. */
export interface OfferedCheck extends Offered {
  /** Its arguments; with a function, as they depend on the faults that were chosen. */
  readonly arguments: string | ((faults: readonly string[]) => string);
  /** Faults of which there must be one, because they bring about and often measure what it judges. */
  readonly measuredBy?: readonly string[];
  /** Invariants that the plan must have. */
  readonly invariants?: string;
}
