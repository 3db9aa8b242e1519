import { atPointer } from '../../plan/expectation.js';
import type { Finding } from '../../plan/finding.js';
import { engineOf, inRange } from '../../dockerd/options/keys/version.js';
import { textAt } from '../../plan/snapshot.js';
import { found } from '../codes.js';
import type { DoctorFacts, Family } from '../facts.js';

export const KUBELET_FILES = ['/var/lib/kubelet/config.yaml', '/var/lib/kubelet/kubeadm-flags.env'];

export const cgroupFamily: Family = {
  name: 'cgroups',
  unseen: ({ filesOnly, observed }) => filesOnly || observed.forbidden,
  untold: ({ observed: { info, state } }) => info === null && state === 'running',
  ok: 'one driver for all, and limits that count',
  find: (facts) => {
    const { info } = facts.observed;
    return info === null ? [] : [...kubelet(facts), ...alone(facts), ...kernel(facts)];
  },
};

/** A kubelet that uses another runtime is no affair of dockerd. */
function kubeletDriver({ snapshot }: DoctorFacts): string | null {
  const [config = '', flags = ''] = KUBELET_FILES.map((path) => textAt(snapshot, path) ?? '');
  const endpoint = /container-?runtime-?endpoint[=:]\s*["']?(\S+)/i.exec(
    `${flags}\n${config}`,
  )?.[1];
  if (endpoint !== undefined && !endpoint.includes('docker')) return null;
  return /^cgroupDriver:\s*["']?(systemd|cgroupfs)\b/m.exec(config)?.[1] ?? null;
}

function driverOf({ observed: { info } }: DoctorFacts): string | null {
  const driver = info === null ? undefined : atPointer(info, '/CgroupDriver');
  return driver === 'systemd' || driver === 'cgroupfs' ? driver : null;
}

function kubelet(facts: DoctorFacts): Finding[] {
  const [wanted, driver] = [kubeletDriver(facts), driverOf(facts)];
  if (wanted === null || driver === null || wanted === driver) return [];
  return [
    found('cgroup-driver-kubelet', {
      subject: 'cgroup driver',
      path: KUBELET_FILES[0] ?? '',
      message: `the kubelet uses ${wanted} and dockerd ${driver}: the node becomes unstable when memory is short, or the kubelet does not start.`,
      hint: `dockerctl cgroup set ${wanted}`,
    }),
  ];
}

function alone(facts: DoctorFacts): Finding[] {
  const v2 = facts.observed.info?.CgroupVersion === '2';
  if (driverOf(facts) !== 'cgroupfs' || !v2 || facts.host.systemd !== true) return [];
  if (kubeletDriver(facts) === 'cgroupfs' || facts.observed.flavour === 'rootless') return [];
  return [
    found('cgroup-driver-cgroupfs', {
      subject: 'cgroup driver',
      message:
        'systemd manages the cgroups of this machine, and dockerd beside it: two accounts of the same memory.',
      hint: 'dockerctl cgroup set systemd',
    }),
  ];
}

const GRUB = '/etc/default/grub';

/** Both need a kernel parameter, which takes effect at the next boot. */
function kernel({ observed: { info, version }, contained }: DoctorFacts): Finding[] {
  const engine = engineOf(version);
  if (info?.CgroupVersion !== '1' || contained) return [];
  return [
    ...(inRange(engine, '29..')
      ? [
          found('cgroup-v1', {
            subject: 'cgroup version',
            message: 'this machine uses cgroup v1, which docker will drop.',
            hint: kernelWord('systemd.unified_cgroup_hierarchy=1'),
          }),
        ]
      : []),
    ...(info.SwapLimit === false
      ? [
          found('swap-limit', {
            subject: 'swap limit',
            message: 'the kernel does not account for swap: --memory-swap has no effect.',
            hint: kernelWord('swapaccount=1'),
          }),
        ]
      : []),
  ];
}

function kernelWord(word: string): string {
  return `sed -i 's/^GRUB_CMDLINE_LINUX="/&${word} /' ${GRUB} && update-grub`;
}
