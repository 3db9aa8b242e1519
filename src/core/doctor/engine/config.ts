import { bytesIn } from '../../dockerd/config/file.js';
import { fixableOf } from '../../dockerd/validate/fix.js';
import { NO_FILE, verdictOn } from '../../dockerd/validate/check-candidate.js';
import type { ConfigVerdict } from '../../dockerd/validate/validate.js';
import type { Finding } from '../../plan/finding.js';
import { withConfigCommand } from './config-commands.js';
import { found } from '../codes.js';
import type { DoctorFacts, Family } from '../facts.js';

export const configFamily: Family = {
  name: 'daemon.json',
  ok: ({ observed: { configFile }, configHidden }) =>
    configFile === null && configHidden === null
      ? 'there is none, and dockerd starts with its defaults'
      : 'this dockerd starts with it, and every key does what it says',
  unseen: (facts) => facts.configHidden?.closed === true || verdictOf(facts).needs.length > 0,
  find: (facts): Finding[] => {
    if (facts.configHidden !== null) return noFile(facts, facts.configHidden);
    const verdict = verdictOf(facts);
    const fixable = fixableOf(verdict, bytesOf(facts));
    const found = verdict.findings
      .filter(isOurs)
      .slice(0, bytesOf(facts).length > LARGE ? FEW : undefined)
      .map((finding) => withConfigCommand(facts, finding, fixable));
    return found.map((finding) => (isAlone(finding, found) ? finding : inEditor(finding)));
  },
};

/** Bytes. What to type for a finding is tried out on the whole file. */
const LARGE = 200_000;
const FEW = 10;

/** A flag that opens the API is told as api-without-tls, with all that listens. */
function isOurs({ code, subject }: Finding): boolean {
  return code !== 'open-api' || !subject.startsWith('-');
}

function bytesOf({ observed }: DoctorFacts): Uint8Array {
  return bytesIn(observed.configFile) ?? NO_FILE;
}

function verdictOf(facts: DoctorFacts): ConfigVerdict {
  return verdictOn(bytesOf(facts), facts.observed, facts.host);
}

/**
 * A file with two errors can only be fixed as a whole: dockerd refuses it with either. And what is taken out of a list
 * moves what stands behind it.
 */
function isAlone(finding: Finding, found: readonly Finding[]): boolean {
  const others = found.filter((other) => other !== finding && isUnset(other));
  if (!isUnset(finding) || others.length === 0) return true;
  if (finding.severity === 'error' && others.some(({ severity }) => severity === 'error'))
    return false;
  const list = listOf(finding.subject);
  return list === null || others.every(({ subject }) => listOf(subject) !== list);
}

function isUnset({ hint }: Finding): boolean {
  return hint.startsWith('dockerctl config unset ');
}

function listOf(subject: string): string | null {
  return /^(.+)\.\d+$/.exec(subject)?.[1] ?? null;
}

function inEditor(finding: Finding): Finding {
  return { ...finding, hint: 'dockerctl config edit' };
}

/** What this user may not read is told of with all else of that kind. */
function noFile(
  { observed: { configPath: path } }: DoctorFacts,
  { closed, large, message, hint }: NonNullable<DoctorFacts['configHidden']>,
): Finding[] {
  if (closed) return [];
  const said = large
    ? `${message}: whether dockerd starts with it is not known.`
    : `${message}: dockerd does not start with it.`;
  return [found('config-no-file', { subject: 'daemon.json', path, message: said, hint })];
}
