import { type VariableFault, variableFaults } from '../../dockerd/validate/variables.js';
import type { Finding } from '../../plan/finding.js';
import { redactText } from '../../text/redact.js';
import { printable } from '../../text/printable.js';
import { fileAt } from '../../plan/snapshot.js';
import { fixCommand, found } from '../codes.js';
import type { DoctorFacts } from '../facts.js';
import { DAEMON_RELOAD, fixPlan, ofUnit } from '../fix-plan.js';

/** Variables of the unit with which dockerd does not start; the file alone does not tell. */
export function stoppedByVariables(facts: DoctorFacts): Finding[] {
  return variableFaults(facts.observed, facts.host).map((fault) => stops(facts, fault));
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

function stops(
  { observed, snapshot }: DoctorFacts,
  { name, source, message }: VariableFault,
): Finding {
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
    message,
    hint: fixCommand('unit-variable-stops'),
    fix: fixPlan(
      'unit-variable-stops',
      [change],
      // The one that runs was started without it.
      observed.state === 'running'
        ? { refresh: [DAEMON_RELOAD] }
        : ofUnit(`dockerd starts without ${name}`),
    ),
  });
}
