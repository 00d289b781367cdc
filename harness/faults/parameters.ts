import { usageError } from '../domain/errors.ts';

/** A function that refuses nonsense in the parameters of one fault, with a usageError `FAULT_INVALID` that names fault and parameter. */
export function parametersOf(fault: string) {
  const refuse = (parameter: string, value: unknown, allowed: string) => {
    throw usageError('FAULT_INVALID', `${fault}: ${parameter} is ${JSON.stringify(value) ?? String(value)}`, allowed);
  };
  return {
    /** `value` lies between `least` and `most`, both included. */
    number(parameter: string, value: number, least: number, most: number): void {
      if (!(value >= least && value <= most)) refuse(parameter, value, `Give a number from ${least} to ${most}.`);
    },
    whole(parameter: string, value: number, least: number, most: number): void {
      const fits = Number.isSafeInteger(value) && value >= least && value <= most;
      if (!fits) refuse(parameter, value, `Give a whole number from ${least} to ${most}.`);
    },
    oneOf(parameter: string, value: string, allowed: readonly string[]): void {
      if (!allowed.includes(value)) refuse(parameter, value, `Give one of: ${allowed.join(', ')}.`);
    },
    matching(parameter: string, value: string, pattern: RegExp, allowed: string): void {
      if (!pattern.test(value)) refuse(parameter, value, allowed);
    },
  };
}
