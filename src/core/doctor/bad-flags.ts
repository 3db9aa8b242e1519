import { parseFlags } from '../daemon/flags.js';
import type { Plan } from '../plan.js';
import { textAt } from '../trust/tree.js';
import type { DoctorFacts } from './facts.js';
import { mendPlan, ofUnit, rewriteFile } from './mend.js';

/** How words that are no flags of dockerd leave its command line: the packages' own files are not ours to change. */
export function withoutBadFlags({ observed, tree }: DoctorFacts): {
  readonly hint: string;
  readonly fix?: Plan;
} {
  const { startWords, manager } = observed;
  const { strays } = parseFlags(startWords.map(({ word }) => word));
  const sources = startWords.filter(({ word }) => strays.includes(word)).map((one) => one.source);
  const files = [...new Set(sources)].filter((path) => path.startsWith('/etc/'));
  const changes = files.flatMap((path) => {
    const text = textAt(tree, path);
    return text === null ? [] : rewriteFile(tree, path, withoutWords(text, strays));
  });
  const unit = manager.kind === 'systemd' ? manager.unit : 'docker.service';
  return changes.length === 0
    ? { hint: `systemctl edit --full ${unit}` }
    : {
        hint: 'dockerctl doctor --fix bad-flag',
        fix: mendPlan('bad-flag', changes, ofUnit('its flags')),
      };
}

/** Of settings; comments stay. */
function withoutWords(text: string, words: readonly string[]): string {
  return text
    .split('\n')
    .map((line) => (/^\s*[\w ]+=/.test(line) ? words.reduce(withoutWord, line) : line))
    .join('\n');
}

function withoutWord(line: string, word: string): string {
  const parts = line.split(/([\s"']+)/);
  const at = parts.indexOf(word);
  if (at < 0) return line;
  const gap = parts[at + 1] ?? '';
  const rest = gap.startsWith(' ') ? [gap.slice(1), ...parts.slice(at + 2)] : parts.slice(at + 1);
  return [...parts.slice(0, at), ...rest].join('').trimEnd();
}
