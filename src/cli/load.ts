import { type AnyCommand, NOUNS, SINGLE_COMMANDS } from './catalogue.js';

export interface NamedCommand {
  /** `mirrors set`, `status`. */
  readonly name: string;
  readonly command: AnyCommand;
}

/** Loads every command, one after the other, nouns in the order of the catalogue. */
export async function loadEveryCommand(): Promise<NamedCommand[]> {
  const rows = [
    ...Object.entries(SINGLE_COMMANDS).map(([name, { load }]) => ({ name, load })),
    ...Object.entries(NOUNS).flatMap(([noun, { verbs }]) =>
      Object.entries(verbs).map(([verb, load]) => ({ name: `${noun} ${verb}`, load })),
    ),
  ];
  const loaded: NamedCommand[] = [];
  for (const { name, load } of rows) loaded.push({ name, command: (await load()).command });
  return loaded;
}
