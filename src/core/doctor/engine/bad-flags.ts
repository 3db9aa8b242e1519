import { parseFlags } from '../../dockerd/options/flags.js';
import type { Finding } from '../../plan/finding.js';
import type { Plan } from '../../plan/plan.js';
import { textAt } from '../../plan/snapshot.js';
import type { DoctorFacts } from '../facts.js';
import { fixPlan, ofUnit, rewriteFile } from '../fix-plan.js';

/** How words that are no flags of dockerd leave its command line: the packages' own files are not ours to change. */
export function withoutBadFlags({ observed, snapshot }: DoctorFacts): {
  readonly hint: string;
  readonly fix?: Plan;
} {
  const { startWords, manager } = observed;
  const { strays } = parseFlags(startWords.map(({ word }) => word));
  const sources = startWords.filter(({ word }) => strays.includes(word)).map((one) => one.source);
  const files = [...new Set(sources)].filter((path) => path.startsWith('/etc/'));
  const changes = files.flatMap((path) => {
    const text = textAt(snapshot, path);
    return text === null ? [] : rewriteFile(snapshot, path, withoutWords(text, strays));
  });
  const unit = manager.kind === 'systemd' ? manager.unit : 'docker.service';
  return changes.length === 0
    ? { hint: `systemctl edit --full ${unit}` }
    : {
        hint: 'dockerctl doctor --fix bad-flag',
        fix: fixPlan('bad-flag', changes, ofUnit('its flags')),
      };
}

/** Whose flag stands in a file that is a person's own: it leaves, or takes the name that this engine has for it. */
export const FLAG_CODES: readonly string[] = [
  'bad-flag-value',
  'flag-of-other-engine',
  'flag-swallows-flag',
];

/** How a flag that dockerd refuses leaves its command line; the subject is the flag as it is written. */
export function withoutFlag(
  { observed: { manager }, snapshot }: DoctorFacts,
  { code, subject, path }: Finding,
): { readonly hint: string; readonly fix?: Plan } {
  // Without one of its files TLS is no better off.
  const own = path?.startsWith('/etc/') === true && !subject.startsWith('--tls');
  const text = own ? textAt(snapshot, path) : null;
  const changes =
    path === undefined || text === null
      ? []
      : rewriteFile(snapshot, path, fixed(text, code, subject));
  const unit = manager.kind === 'systemd' ? manager.unit : 'docker.service';
  return changes.length === 0
    ? { hint: `systemctl edit --full ${unit}` }
    : {
        hint: `dockerctl doctor --fix ${code}`,
        fix: fixPlan(code, changes, ofUnit('its flags')),
      };
}

function fixed(text: string, code: string, flag: string): string {
  const words = flag.split(' ');
  const [gone, kept] =
    code === 'flag-swallows-flag' ? [words.slice(0, 1), words.slice(1)] : [words, []];
  const pattern = new RegExp(
    `(^|[\\s"'=])${[...gone, ...kept].map(escaped).join('\\s+')}(?=$|[\\s"'])`,
  );
  const instead = [...renamed(code, gone), ...kept].join(' ');
  return text
    .split('\n')
    .map((line) =>
      /^\s*\w[\w ]*=/.test(line)
        ? line.replace(pattern, (_, before: string) => before + instead).replace(/ {2,}| +$/g, one)
        : line,
    )
    .join('\n');
}

function one(blanks: string, at: number, line: string): string {
  return at + blanks.length === line.length ? '' : ' ';
}

/** data-root has been graph. */
function renamed(code: string, words: readonly string[]): string[] {
  const graph = /^(?:-g=?|--graph(?:=|$))/;
  if (code !== 'flag-of-other-engine' || !graph.test(words[0] ?? '')) return [];
  const value = [words[0]?.replace(graph, '') ?? '', ...words.slice(1)].filter(Boolean).join(' ');
  return [`--data-root=${value}`];
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

/** Of settings; comments stay. */
function withoutWords(text: string, words: readonly string[]): string {
  return text
    .split('\n')
    .map((line) => (/^\s*\w[\w ]*=/.test(line) ? words.reduce(withoutWord, line) : line))
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
