export interface Mutant {
  readonly defect: string;
  readonly file: string;
  readonly find: string;
  readonly put: string;
  /** Below test/. */
  readonly test: string;
  readonly name: string;
}

export const MUTANTS: readonly Mutant[];
