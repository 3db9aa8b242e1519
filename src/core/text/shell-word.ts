import { printable } from './printable.js';

/** A foreign name as one word of a command that people paste into a shell. */
export function shellWord(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  return `'${printable(text, 4096).replaceAll("'", String.raw`'\''`)}'`;
}

/** What is there already under the new name stays as it is. */
export function moveCommand(from: string, to: string): string {
  return `mv -n ${shellWord(from)} ${shellWord(to)}`;
}

/** Moves a file out of sight of everybody who reads it, and loses nothing. */
export function moveAside(...paths: readonly string[]): string {
  return paths.map((path) => moveCommand(path, `${path}.unused`)).join(' && ');
}
