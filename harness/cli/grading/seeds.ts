/** How many seeds there are to choose from: larger numbers are hard to type again. */
export const seeds = 1_000_000;
