import { shellWord } from './shell-word.js';

/**
 * An answer for people about the machine below `root`: what it names to type next, such as `Undo: dockerctl config rollback 1`,
 * is about that machine, too, and not about this one. `names` are the first words of commands.
 */
export function commandsBelow(text: string, root: string, names: readonly string[]): string {
  const command = new RegExp(
    `(?<![\\w/.-])dockerctl(?=\\s+(?:${names.join('|')})(?![\\w/.]))`,
    'g',
  );
  return text.replace(command, () => `dockerctl --root ${shellWord(root)}`);
}
