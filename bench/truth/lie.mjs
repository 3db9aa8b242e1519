/** A statement that is not so: `owner` is who of the program's parts said it, `kind` groups, `text` says what was said and what is true. */
export function lie(kind, text) {
  return { kind, text };
}

export const shown = (value) => JSON.stringify(value) ?? 'nothing';
