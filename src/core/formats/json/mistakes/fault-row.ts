/** A family of mistakes. `%s` in the texts is the character that stands there. */
export interface FaultRow {
  readonly code: string;
  /** Sticky: tried at the place of the fault. */
  readonly pattern: RegExp;
  /** The character before it. */
  readonly after?: RegExp;
  /** The brackets that are open there, outermost first. */
  readonly open?: RegExp;
  /** Where the mistake is: at the end of the token before (`previous`), or at its beginning (`before`). */
  readonly place?: 'previous' | 'before';
  readonly message: string;
  readonly hint: string;
}

export function row(
  code: string,
  pattern: RegExp,
  ...texts: [message: string, hint: string]
): FaultRow {
  return { code, pattern, message: texts[0], hint: texts[1] };
}
