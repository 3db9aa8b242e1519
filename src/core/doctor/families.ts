import { dirname } from 'node:path';
import type { Finding } from '../plan/finding.js';
import { agentFamily } from './machine/agent.js';
import { certificatesFamily } from './trust/certificates.js';
import { certsFamily } from './trust/certs-folders.js';
import { cgroupFamily } from './engine/cgroup.js';
import { changeFamily } from './engine/change.js';
import { clientFamily } from './machine/client.js';
import { clockFamily } from './machine/clock.js';
import { found } from './codes.js';
import { configFamily } from './engine/config.js';
import { containerdFamily } from './engine/containerd.js';
import { daemonFamily } from './engine/daemon.js';
import { diskFamily } from './machine/disk.js';
import { exposureFamily } from './machine/exposure.js';
import type { DoctorFacts, Family } from './facts.js';
import { installationFamily } from './machine/installation.js';
import { mirrorsFamily } from './trust/mirrors.js';
import { registriesFamily } from './trust/registries.js';
import { storeFamily } from './trust/store.js';
import { fixedTogether } from './together.js';
import { unitFamily } from './engine/unit.js';

/** In the order in which they are read: what keeps dockerd from running first. */
const FAMILIES: readonly Family[] = [
  daemonFamily,
  configFamily,
  unitFamily,
  containerdFamily,
  changeFamily,
  installationFamily,
  certsFamily,
  storeFamily,
  registriesFamily,
  mirrorsFamily,
  certificatesFamily,
  exposureFamily,
  clientFamily,
  cgroupFamily,
  diskFamily,
  clockFamily,
  agentFamily,
];

export interface Examined {
  readonly name: string;
  readonly ok: string;
  readonly findings: readonly Finding[];
  /** It found nothing because it saw nothing. */
  readonly unseen: boolean;
}

/** Every family's findings; pure, so that what was seen can be examined anywhere. */
export function examine(facts: DoctorFacts): readonly Examined[] {
  const each = FAMILIES.map(({ name, ok, find, unseen, untold }): Examined => {
    const findings = find(facts).filter((finding) => isSeen(finding, facts));
    return {
      name,
      ok: typeof ok === 'string' ? ok : ok(facts),
      findings,
      unseen: findings.length === 0 && (unseen?.(facts) === true || untold?.(facts) === true),
    };
  });
  const examined = fixedTogether(each, facts);
  const findings = [...unreadable(facts), ...unlooked(facts, examined)];
  return findings.length === 0
    ? examined
    : [...examined, { name: 'reading', ok: '', findings, unseen: false }];
}

/** A folder of which a part cannot be read is not judged; that daemon.json itself cannot be read is a judgement. */
function isSeen({ code, path }: Finding, { unreadable: hidden }: DoctorFacts): boolean {
  return (
    path === undefined ||
    code === 'config-no-file' ||
    !hidden.some((one) => one === path || dirname(one) === dirname(path))
  );
}

/** Of a daemon.json that root cannot read either, its own family tells. */
function unreadable({ unreadable: hidden, configHidden, observed }: DoctorFacts): Finding[] {
  const isTold = configHidden !== null && !configHidden.closed;
  const [first, ...more] = hidden.filter((path) => !isTold || path !== observed.configPath);
  if (first === undefined) return [];
  const others = more.length === 0 ? '' : `, and ${more.length} more,`;
  return [
    found('not-readable', {
      subject: first,
      path: first,
      message: `it${others} may be read by root alone and was not judged.`,
      hint: AS_ROOT,
    }),
  ];
}

/** Below `--root` there is no running system to ask. */
function unlooked(facts: DoctorFacts, examined: readonly Examined[]): Finding[] {
  const { filesOnly, observed } = facts;
  const closed = FAMILIES.filter(({ unseen }) => unseen?.(facts) === true).map(({ name }) => name);
  const names = examined
    .filter(({ name, unseen }) => unseen && closed.includes(name))
    .map(({ name }) => name);
  if (filesOnly || names.length === 0) return [];
  return [
    found('not-readable', {
      subject: names.join(', '),
      message: observed.forbidden
        ? "permission denied: dockerd's socket, and some of what belongs to it, are closed to this user; it was not judged."
        : 'what belongs to it only root can see: it was not judged.',
      hint: AS_ROOT,
    }),
  ];
}

const AS_ROOT = 'sudo dockerctl doctor';
