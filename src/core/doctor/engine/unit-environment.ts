import { verdictOn } from '../../dockerd/validate/check-candidate.js';
import { engineOf, inRange } from '../../dockerd/options/keys/version.js';
import type { Finding } from '../../plan/finding.js';
import { redactText } from '../../text/redact.js';
import { printable } from '../../text/printable.js';
import { fileAt } from '../../plan/snapshot.js';
import { fixCommand, found } from '../codes.js';
import type { DoctorFacts } from '../facts.js';
import { fixPlan, ofUnit } from '../fix-plan.js';

/** The oldest API that a variable may name, and more than any release has (moby daemon/command, initializeAPIVersion). */
const API_VERSION = /^1\.(?:2[4-9]|[3-6]\d)$/;

/** Variables of the unit with which dockerd does not start; the file alone does not tell. */
export function stoppedByVariables(facts: DoctorFacts): Finding[] {
  const { observed } = facts;
  const engine = engineOf(observed.version);
  const variables = observed.witnesses.startEnvironment;
  const driver = variables.get('DOCKER_DRIVER');
  const api = variables.get('DOCKER_MIN_API_VERSION');
  return [
    ...(driver !== undefined && driver.value !== '' && !isDriver(facts, driver.value)
      ? [stops(facts, 'DOCKER_DRIVER', { ...driver, why: 'this dockerd has no such driver here' })]
      : []),
    ...(api !== undefined &&
    api.value !== '' &&
    inRange(engine, '25..') &&
    !API_VERSION.test(api.value)
      ? [
          stops(facts, 'DOCKER_MIN_API_VERSION', {
            ...api,
            why: 'this dockerd has no such API version',
          }),
        ]
      : []),
  ];
}

const PROXY = /^(?:https?|no)_proxy$/i;
/** The next assignment, which systemd has read as a part of this value. */
const NEXT = /\s(?:https?|no)_proxy=/i;

/** `Environment="http_proxy=A https_proxy=B"` is one variable (systemd.exec(5)), and no pull goes through such a proxy. */
export function joinedProxies({ observed }: DoctorFacts): Finding[] {
  return [...observed.witnesses.startEnvironment]
    .filter(([name, { value }]) => PROXY.test(name) && NEXT.test(value))
    .map(([name, { value, source }]) =>
      found('unit-proxies-joined', {
        subject: name,
        ...(source.startsWith('/') && { path: source }),
        message: `${name} is the whole of ${printable(redactText(value))}: systemd takes what stands between one pair of quotes for one variable, and dockerd uses no proxy by it.`,
        hint: `systemctl edit ${observed.manager.kind === 'systemd' ? observed.manager.unit : 'docker.service'}`,
      }),
    );
}

/** As if the file named it: the variable has the word before file and flag. */
function isDriver({ observed, host }: DoctorFacts, driver: string): boolean {
  const bytes = Buffer.from(JSON.stringify({ 'storage-driver': driver }));
  const bare = { ...observed, startWords: observed.startWords.slice(0, 1), argv: [] };
  const { findings } = verdictOn(bytes, bare, host);
  return !findings.some(
    ({ severity, subject }) => severity === 'error' && subject === 'storage-driver',
  );
}

interface Variable {
  readonly value: string;
  readonly source: string;
  readonly why: string;
}

function stops(facts: DoctorFacts, name: string, { value, source, why }: Variable): Finding {
  const { observed, snapshot } = facts;
  const unit = observed.manager.kind === 'systemd' ? observed.manager.unit : 'docker.service';
  const path = `/etc/systemd/system/${unit}.d/zz-dockerctl-unset-${name}.conf`;
  const text = `# Written by dockerctl: dockerd does not start with it.\n[Service]\nUnsetEnvironment=${name}\n`;
  const change = {
    path,
    before: fileAt(snapshot, path),
    after: { content: { text }, mode: 0o644, uid: 0, gid: 0 },
  };
  return found('unit-variable-stops', {
    subject: name,
    ...(source.startsWith('/') && { path: source }),
    message: `${name}=${printable(value)}: ${why}, and dockerd does not start with it.`,
    hint: fixCommand('unit-variable-stops'),
    fix: fixPlan('unit-variable-stops', [change], ofUnit(`dockerd starts without ${name}`)),
  });
}
