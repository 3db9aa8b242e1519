/** One thing that is made wrong on a real machine. */
export interface Defect {
  readonly code: string;
  /** A bash script; see `prepare` in ../sick-machine.ts for what it finds. */
  readonly seed: string;
  /** Found by `--deep` alone. */
  readonly deep?: boolean;
  /** Engines on which it is none. */
  readonly except?: readonly string[];
  /** Quick enough for CI. */
  readonly fast?: boolean;
}
