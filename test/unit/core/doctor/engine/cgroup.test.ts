import { describe, expect, test } from '@jest/globals';
import { cgroupFamily } from '../../../../../src/core/doctor/engine/cgroup.js';
import { doctorFacts, type Machine } from '../../../../support/doctor-facts.js';
import { alarmsOn, codesOn, told } from '../../../../support/doctor-findings.js';

const find = (machine: Machine) => told(cgroupFamily.find(doctorFacts(machine)));
const kubelet = (text: string) => ({ '/var/lib/kubelet/config.yaml': text });

describe('no alarm', () => {
  test.each<[string, Machine]>([
    [
      'a kubernetes node with docker and systemd cgroups',
      {
        files: {
          '/etc/docker/daemon.json':
            '{"exec-opts":["native.cgroupdriver=systemd"],"log-driver":"json-file","log-opts":{"max-size":"100m"},"storage-driver":"overlay2"}',
          ...kubelet('cgroupDriver: systemd\n'),
        },
        observed: {
          info: {
            CgroupDriver: 'systemd',
            CgroupVersion: '2',
            LoggingDriver: 'json-file',
            Driver: 'overlay2',
          },
        },
      },
    ],
    [
      'a kubelet on containerd beside a docker with another driver',
      {
        files: kubelet(
          'cgroupDriver: systemd\ncontainerRuntimeEndpoint: unix:///run/containerd/containerd.sock\n',
        ),
        observed: { info: { CgroupDriver: 'cgroupfs', CgroupVersion: '1' } },
      },
    ],
  ])('%s', (_, machine) => {
    expect(alarmsOn(machine)).toEqual([]);
  });
});

describe('one driver for all', () => {
  test('is not what kubelet and dockerd have', () => {
    const files = kubelet('cgroupDriver: systemd\n');
    const info = { CgroupDriver: 'cgroupfs', CgroupVersion: '1' };
    expect(find({ files, observed: { info } })).toEqual([
      'cgroup-driver-kubelet cgroup driver -> dockerctl cgroup set systemd',
    ]);
  });

  test('is not cgroupfs beside systemd on cgroup v2', () => {
    const info = { CgroupDriver: 'cgroupfs', CgroupVersion: '2' };
    expect(find({ observed: { info } })).toEqual([
      'cgroup-driver-cgroupfs cgroup driver -> dockerctl cgroup set systemd',
    ]);
    expect(find({ observed: { info, flavour: 'rootless' } })).toEqual([]);
    const files = kubelet('cgroupDriver: cgroupfs\n');
    expect(find({ files, observed: { info } })).toEqual([]);
  });
});

describe('a kernel that boots with cgroup v1', () => {
  const v1 = { CgroupVersion: '1', CgroupDriver: 'cgroupfs' };
  const boots = (word: string) =>
    `sed -i 's/^GRUB_CMDLINE_LINUX="/&${word} /' /etc/default/grub && update-grub`;

  test.each<[string, Machine]>([
    ['swap-limit', { observed: { info: { ...v1, SwapLimit: false } } }],
    ['cgroup-v1', { observed: { version: '29.0.0', info: v1 } }],
  ])('%s', (code, machine) => {
    expect(codesOn(machine)).toEqual([code]);
  });

  test('gets a word for its next boot, unless it is the host’s', () => {
    const machine: Machine = { observed: { version: '29.0.0', info: { ...v1, SwapLimit: false } } };
    expect(find(machine)).toEqual([
      `cgroup-v1 cgroup version -> ${boots('systemd.unified_cgroup_hierarchy=1')}`,
      `swap-limit swap limit -> ${boots('swapaccount=1')}`,
    ]);
    expect(find({ ...machine, facts: { contained: true } })).toEqual([]);
  });
});

test('a silent dockerd tells nothing', () => {
  const facts = doctorFacts({ observed: { info: null } });
  expect(cgroupFamily.find(facts)).toEqual([]);
  expect(cgroupFamily.untold?.(facts)).toBe(true);
});
