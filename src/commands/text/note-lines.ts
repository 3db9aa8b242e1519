import type { Style } from '../../app/context/command.js';

/** What is worth knowing beside an answer, a line or more each. */
export function noteLines(notes: readonly string[], style: Style): string[] {
  return notes.map((note) => style.wrapped(style.dim(`Note: ${note}`)));
}
