import { isObject, type Json } from '../../formats/json/json-object.js';
import { parsePlain } from '../../formats/json/plain.js';
import type { Finding } from '../../plan/finding.js';
import type { Plan } from '../../plan/plan.js';
import { DockerctlError } from '../../../errors.js';
import { bytesIn } from '../config/file.js';
import type { HostFacts } from './host-facts.js';
import { needText } from './need.js';
import type { ObservedDaemon } from '../observed/observed.js';
import { candidateOf, NO_FILE, verdictOn } from './check-candidate.js';

/**
 * Refuses a plan after which dockerd would not start, or no container, where it would have before: `invalid-config`, with
 * the place in the file to come. What was wrong already is no reason to refuse a step towards fixing it; it is told as a
 * note, and so is what starts with the new file and yet is not what was meant.
 */
export function judgePlan(plan: Plan, observed: ObservedDaemon, host: HostFacts): Plan {
  const candidate = candidateOf(plan, observed);
  if (candidate === null) return plan;
  const old = bytesIn(observed.configFile) ?? NO_FILE;
  const before = verdictOn(old, observed, host);
  const known = before.findings.map(identityOf);
  const { starts, findings, needs } = verdictOn(candidate, observed, host);
  const lookedFor = before.needs.map(({ what }) => what);
  const isFatal = ({ severity }: Finding) => severity === 'error';
  const fresh = findings.filter((finding) => !known.includes(identityOf(finding)));
  const [first, ...more] = fresh.filter(isFatal);
  if (first !== undefined) {
    const needed = takenAway(first, { before: old, after: candidate });
    throw refusal(needed === null ? first : { ...first, hint: needed }, {
      ...{ starts, more: more.length, findings: findings.filter(isFatal) },
    });
  }
  return {
    ...plan,
    notes: [
      ...plan.notes,
      ...findings.filter(isFatal).map((error) => `Still wrong: ${sentence(error)}`),
      ...fresh
        .filter(({ severity }) => severity === 'warning')
        .map((warning) => `Warning: ${sentence(warning)}. Try: ${warning.hint}`),
      ...needs
        .filter(({ what }) => !lookedFor.includes(what))
        .map(
          (need) => `Nobody could look whether this machine has ${needText(need)} [${need.key}].`,
        ),
    ],
  };
}

/**
 * Where the plan only takes away, and what is wrong then is a key that it leaves as it was: that one needs what goes, and to add it
 * again is no way on. The command to begin with; null elsewhere.
 */
function takenAway(
  { subject }: Finding,
  { before, after }: { readonly before: Uint8Array; readonly after: Uint8Array },
): string | null {
  const [old, now] = [before, after].map((bytes) => parsePlain(Buffer.from(bytes).toString()));
  const [key = ''] = subject.split('.');
  if (old === undefined || old === null || now === undefined || now === null) return null;
  if (!Object.hasOwn(now, key)) return null;
  const isSame = (name: string) => JSON.stringify(old[name]) === JSON.stringify(now[name]);
  const changed = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
    (name) => !isSame(name),
  );
  const isLess = (name: string) => isPart(now[name], old[name]);
  if (changed.length === 0 || changed.includes(key) || !changed.every(isLess)) return null;
  return `dockerctl config unset ${key}  (it needs what this takes away), then the same command again`;
}

/** Nothing, or an object or list with some of the members and nothing else. */
function isPart(now: Json | undefined, old: Json | undefined): boolean {
  if (now === undefined) return true;
  if (Array.isArray(now) && Array.isArray(old)) {
    const known = new Set((old as readonly Json[]).map((item) => JSON.stringify(item)));
    return (now as readonly Json[]).every((item) => known.has(JSON.stringify(item)));
  }
  if (!isObject(now) || !isObject(old)) return false;
  return Object.entries(now).every(
    ([name, value]) => JSON.stringify(old[name]) === JSON.stringify(value),
  );
}

/** The same mistake on another line is the same. */
function identityOf({ code, subject, message }: Finding): string {
  return JSON.stringify([code, subject, message]);
}

function sentence({ path, line, column, message }: Finding): string {
  const place = [path, line, column].filter((part) => part !== undefined).join(':');
  return `${place}: ${message}`;
}

interface RefusedText {
  /** dockerd would, and no container. */
  readonly starts: boolean;
  readonly more: number;
  readonly findings: readonly Finding[];
}

function refusal(first: Finding, { starts, more, findings }: RefusedText): DockerctlError {
  const what = starts ? 'no container would start' : 'dockerd would not start';
  return new DockerctlError({
    code: 'invalid-config',
    message: `${what} with this: ${sentence(first)}${more === 0 ? '' : ` (and ${more} more)`}`,
    hint: `${first.hint}; or, where we are wrong, the same command with --no-validate`,
    details: { findings },
  });
}
