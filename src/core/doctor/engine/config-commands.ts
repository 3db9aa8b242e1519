import { CONFIG_FINDING_CODES } from '../../dockerd/validate/finding-codes.js';
import { stringsOf } from '../../dockerd/options/meaning.js';
import { commentsPath, planDaemonEdit, readableConfig } from '../../dockerd/config/edit.js';
import { bytesIn } from '../../dockerd/config/file.js';
import { judgedBy } from '../../dockerd/validate/check-candidate.js';
import { fixConfig, isOfSpelling } from '../../dockerd/validate/fix.js';
import type { Finding } from '../../plan/finding.js';
import { relax } from '../../formats/json/relaxed.js';
import { formatPath, parsePath } from '../../formats/json/json-path.js';
import { contentOf } from '../../plan/content.js';
import type { ObservedDaemon } from '../../dockerd/observed/observed.js';
import { bytesOf } from '../../formats/json/document.js';
import { remove } from '../../formats/json/json-edit.js';
import { BOM, decode } from '../../formats/json/syntax/encoding.js';
import { scan } from '../../formats/json/syntax/scan.js';
import type { Plan } from '../../plan/plan.js';
import { fileAt } from '../../plan/snapshot.js';
import type { DoctorFacts } from '../facts.js';
import { flagIntoFile } from './flag-and-file.js';
import { FLAG_CODES, withoutBadFlags, withoutFlag } from './bad-flags.js';
import { asideName, fixPlan, renameFile } from '../fix-plan.js';
import { START_AGAIN, unsetPlan } from './start-cause.js';
import { moveCommand, shellWord } from '../../text/shell-word.js';

/**
 * What `validate` finds, with one command that fixes it for certain, and what its own hint would have people write kept
 * in the message: strict JSON of a file with comments, what was meant where that is certain (`fixable`), or the file
 * without the key.
 */
export function withConfigCommand(
  facts: DoctorFacts,
  finding: Finding,
  fixable: ReadonlySet<Finding>,
): Finding {
  const message = `${finding.message}: ${finding.hint}.`;
  const isOfText = !(finding.code in CONFIG_FINDING_CODES) && !isOfSpelling(finding);
  if (isOfText && !(fixable.has(finding) && isBeyondRelaxing(facts)))
    return { ...finding, message, ...textFix(facts, finding) };
  if (finding.code === 'bad-flag') return { ...finding, message, ...withoutBadFlags(facts) };
  if (FLAG_CODES.includes(finding.code))
    return { ...finding, message, ...withoutFlag(facts, finding) };
  if (finding.code === 'duplicate-key') return { ...finding, message, ...joined(facts, finding) };
  if (finding.code === 'mirror-retired')
    return { ...finding, message, hint: mirrorCommand(facts, finding) };
  if (fixable.has(finding)) {
    const fix = validateFix(facts, finding.code);
    const hint = 'dockerctl config validate --fix';
    return { ...finding, message, hint, ...(fix !== null && { fix }) };
  }
  // Of a file that is no JSON yet only its text can be fixed; what is wrong besides is seen again then.
  const own = /`(dockerctl config set [^`]+)`$/.exec(finding.hint)?.[1];
  if (own !== undefined) return { ...finding, hint: own };
  if (readableConfig(facts.observed.configFile) === null)
    return { ...finding, message, hint: 'dockerctl doctor --fix' };
  const named = keyOf(finding.subject);
  const isDefault = named === defaultRuntime(facts);
  // One command cannot take a declaration away and what needs it.
  if (isDefault && finding.code !== 'missing-program')
    return { ...finding, message, hint: 'dockerctl config edit' };
  const key = isDefault ? 'default-runtime' : named;
  const hint = `dockerctl config unset ${shellWord(key)}`;
  if (finding.code === 'flag-and-file') {
    const moved = flagIntoFile(facts, finding.code, key);
    if (moved !== null)
      return { ...finding, message, ...importing(facts, finding.code, { key, fix: moved }) };
  }
  const isFatal = finding.severity === 'error' && isDown(facts.observed.state);
  const fix = isFatal ? unsetPlan(facts, finding.code, parsePath(key)) : null;
  return { ...finding, message, hint, ...(fix !== null && { fix }) };
}

/** The key that declares it, where it is declared: dockerd does not start with a default that is not. */
function defaultRuntime({ config }: DoctorFacts): string | null {
  const name = config?.['default-runtime'];
  return typeof name === 'string' ? formatPath(['runtimes', name]) : null;
}

/** Comments and commas are not all that is wrong with it. */
function isBeyondRelaxing({ observed }: DoctorFacts): boolean {
  const bytes = bytesIn(observed.configFile);
  return bytes !== null && !relax(bytes).ok;
}

/** While dockerd runs by its own command, which asks; else as part of what brings it up. */
function importing(
  { observed: { state } }: DoctorFacts,
  code: string,
  { key, fix }: { readonly key: string; readonly fix: Plan },
): { readonly hint: string; readonly fix?: Plan } {
  return isDown(state)
    ? { hint: `dockerctl doctor --fix ${code}`, fix }
    : { hint: `dockerctl config import-flags ${shellWord(key)}` };
}

/** What `config validate --fix` does, as part of other fixes; null where dockerd runs and is to be told by that command. */
function validateFix({ observed, host }: DoctorFacts, code: string): Plan | null {
  const { configFile: before, configPath: path, state } = observed;
  const bytes = bytesIn(before);
  if (!isDown(state) || before === null || bytes === null) return null;
  const fixed = fixConfig({ ...judgedBy(observed), bytes, path, host });
  if (fixed === null) return null;
  const change = { path, before, after: { ...before, content: contentOf(fixed.bytes) } };
  return fixPlan(code, [change], { activation: START_AGAIN });
}

/** By its own command, which takes one of a flag into the file first. */
function mirrorCommand({ config }: DoctorFacts, { subject, hint }: Finding): string {
  const index = /^registry-mirrors\.(\d+)$/.exec(subject)?.[1];
  const mirror =
    index === undefined
      ? /^--registry-mirror=(\S+)$/.exec(subject)?.[1]
      : stringsOf(config?.['registry-mirrors'])[Number(index)];
  return mirror === undefined ? hint : `dockerctl mirrors remove ${shellWord(mirror)}`;
}

/** Of two values dockerd takes the last; two objects it merges, and how they are to be one is for a person to say. */
function joined(
  { observed }: DoctorFacts,
  { code, subject: key }: Finding,
): { readonly hint: string; readonly fix?: Plan } {
  const { configFile: before, configPath: path, state } = observed;
  const after = withoutFirst(bytesIn(before), key);
  if (before === null || after === null) return { hint: 'dockerctl config edit' };
  const change = { path, before, after: { ...before, content: contentOf(after) } };
  return {
    hint: `dockerctl doctor --fix ${code}`,
    fix: fixPlan(code, [change], isDown(state) ? { activation: START_AGAIN } : {}),
  };
}

/** null where the key does not stand twice at the top, or not with plain values. */
function withoutFirst(bytes: Uint8Array | null, key: string): Uint8Array | null {
  const decoded = decode(bytes ?? Buffer.of());
  const scanned = decoded.ok ? scan(decoded.text, decoded.text.startsWith(BOM) ? 1 : 0) : null;
  if (!decoded.ok || scanned?.ok !== true || scanned.root?.kind !== 'object') return null;
  const { text, encoding } = decoded;
  const { root } = scanned;
  const values = root.members.filter((member) => member.key === key).map(({ value }) => value);
  if (values.length !== 2 || values.some(({ kind }) => kind === 'object')) return null;
  return bytesOf(remove({ text, encoding, root }, [key]));
}

function isDown(state: ObservedDaemon['state']): boolean {
  return state === 'failed' || state === 'stopped';
}

/**
 * `insecure-registries.0` of a finding is `insecure-registries[0]` to a command. A runtime goes as a whole: dockerd refuses
 * one without its path.
 */
function keyOf(subject: string): string {
  const runtime = /^runtimes\.(.+?)(?:\.(?:path|runtimeType|runtimeArgs|options)(?:\..*)?)?$/.exec(
    subject,
  );
  if (runtime?.[1] !== undefined) return formatPath(['runtimes', runtime[1]]);
  const steps = subject.split('.');
  const index = steps.findIndex((step) => /^\d+$/.test(step));
  if (index < 1) return formatPath(steps);
  return `${formatPath(steps.slice(0, index))}[${steps[index] ?? ''}]`;
}

function textFix(
  { observed, snapshot }: DoctorFacts,
  { code }: Finding,
): { readonly hint: string; readonly fix?: Plan } {
  const { configPath: path, state } = observed;
  const bytes = bytesIn(observed.configFile);
  const relaxed = bytes === null ? null : relax(bytes);
  if (relaxed?.ok !== true) {
    const aside = asideName(snapshot, path, 'broken');
    const hint = `${moveCommand(path, aside)} && dockerctl daemon restart`;
    const changes = isDown(state) ? renameFile(snapshot, path, aside) : [];
    if (changes.length === 0) return { hint };
    return { hint, fix: fixPlan(code, changes, { activation: START_AGAIN }) };
  }
  const commentsFile = fileAt(snapshot, commentsPath(path));
  const { changes, notes, activation, expect } = planDaemonEdit(
    observed,
    { title: '', edit: (document) => document },
    { activate: 'auto', convert: { commentsFile } },
  );
  return {
    hint: `dockerctl doctor --fix ${code}`,
    fix: fixPlan(code, changes, {
      notes,
      expect,
      activation: isDown(state) ? START_AGAIN : activation,
    }),
  };
}
