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
    throw refusal(first, { starts, more: more.length, findings: findings.filter(isFatal) });
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

/** The same mistake on another line is the same. */
function identityOf({ code, subject, message }: Finding): string {
  return JSON.stringify([code, subject, message]);
}

function sentence({ path, line, column, message }: Finding): string {
  const place = [path, line, column].filter((part) => part !== undefined).join(':');
  return `${place}: ${message}`;
}

interface Refused {
  /** dockerd would, and no container. */
  readonly starts: boolean;
  readonly more: number;
  readonly findings: readonly Finding[];
}

function refusal(first: Finding, { starts, more, findings }: Refused): DockerctlError {
  const what = starts ? 'no container would start' : 'dockerd would not start';
  return new DockerctlError({
    code: 'invalid-config',
    message: `${what} with this: ${sentence(first)}${more === 0 ? '' : ` (and ${more} more)`}`,
    hint: `${first.hint}; or, where we are wrong, the same command with --no-validate`,
    details: { findings },
  });
}
