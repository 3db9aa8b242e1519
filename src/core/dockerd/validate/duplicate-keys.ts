import type { Member } from '../../formats/json/syntax/node.js';
import { quote, type RuleProblem } from './rules/rule.js';

/** Names that stand twice in one object of the text, at any depth: the first `most` of them. */
export function duplicateKeys(members: readonly Member[], most: number): RuleProblem[] {
  const paths: (readonly string[])[] = [];
  collect(members, { within: [], paths, most });
  return paths.map((path): RuleProblem => ({
    code: 'duplicate-key',
    path,
    message: `${quote(path.at(-1) ?? '')} stands twice: dockerd takes the last, and merges objects`,
    hint: 'join the two into one',
  }));
}

interface Collected {
  readonly within: readonly string[];
  readonly paths: (readonly string[])[];
  readonly most: number;
}

function collect(members: readonly Member[], into: Collected): void {
  const seen = new Set<string>();
  for (const { key, value } of members) {
    if (into.paths.length >= into.most) return;
    const path = [...into.within, key];
    if (seen.has(key)) into.paths.push(path);
    seen.add(key);
    if (value.kind === 'object') collect(value.members, { ...into, within: path });
  }
}
