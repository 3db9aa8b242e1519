import type { Finding } from '../plan/finding.js';
import type { DoctorFacts } from './facts.js';
import type { Examined } from './families.js';

/** The families that look at what dockerd needs to start. */
const BLOCKING: readonly string[] = ['daemon', 'daemon.json', 'unit', 'containerd'];
const ALL = 'dockerctl doctor --fix';

/** Whether dockerd does not run, and is not meant to by being masked alone. */
export function isDown({ observed: { state } }: Pick<DoctorFacts, 'observed'>): boolean {
  return state === 'failed' || state === 'stopped' || state === 'masked';
}

/** What keeps a dockerd that is down from starting, and can be fixed by a plan. */
export function blockers(examined: readonly Examined[]): Finding[] {
  return findingsOf(examined.filter(({ name }) => BLOCKING.includes(name))).filter(
    ({ severity, fix }) => severity === 'error' && fix !== undefined,
  );
}

/**
 * One command for all that keeps dockerd down: with one of two faults fixed it is refused for the other, and while there is
 * any, starting it does not help.
 */
export function fixedTogether(
  examined: readonly Examined[],
  facts: DoctorFacts,
): readonly Examined[] {
  if (!isDown(facts)) return examined;
  const found = blockers(examined);
  const [aside] = findingsOf(examined).filter(({ code }) => BY_HAND.includes(code));
  if (aside !== undefined) return withHints(examined, (one) => hintBeside(one, { aside, found }));
  return found.length === 0 ? examined : withHints(examined, (one) => hintOf(one, found));
}

function findingsOf(examined: readonly Examined[]): Finding[] {
  return examined.flatMap(({ findings }) => findings);
}

function withHints(
  examined: readonly Examined[],
  hint: (finding: Finding) => string,
): readonly Examined[] {
  return examined.map((family) => ({
    ...family,
    findings: family.findings.map((one) => ({ ...one, hint: hint(one) })),
  }));
}

const DOWN: readonly string[] = ['daemon-down', 'daemon-start-limited'];

/** What stands in the way and is no setting: it goes first, by a hand that looked at it. */
const BY_HAND = [
  'config-no-file',
  'unit-program-missing',
  'pid-file-stale',
  'socket-group-missing',
];
const START = 'dockerctl daemon restart';

function hintBeside(
  { code, hint }: Finding,
  { aside, found }: { readonly aside: Finding; readonly found: readonly Finding[] },
): string {
  if (code !== aside.code && !DOWN.includes(code)) return hint;
  const first = aside.hint.replace(` && ${START}`, '');
  return `${first} && ${found.length > 0 ? ALL : START}`;
}

function hintOf({ code, hint, ...finding }: Finding, found: readonly Finding[]): string {
  if (DOWN.includes(code)) return ALL;
  if (code === 'daemon-masked') return hint.replace(/&& systemctl (?:re)?start .*$/, `&& ${ALL}`);
  const isOne = found.some((one) => one.code === code && one.subject === finding.subject);
  return isOne && found.length > 1 ? ALL : hint;
}
