import { describe, expect, test } from '@jest/globals';
import { findingsOn } from '../../../../support/doctor-findings.js';
import type { Machine } from '../../../../support/doctor-facts.js';

const hints = (machine: Machine) => findingsOn(machine).map(({ code, hint }) => [code, hint]);
const socket = {
  LoadState: 'masked',
  SocketMode: '0666',
  RequiredBy: 'docker.service',
  UnitFileState: 'masked-runtime',
};

describe('a dockerd that systemd would not start again', () => {
  test.each(['running', 'stopped'] as const)(
    'for a masked socket that it requires, %s',
    (state) => {
      const machine: Machine = { units: { 'docker.socket': socket }, observed: { state } };
      const reset = state === 'running' ? '' : ' && systemctl reset-failed docker.service';
      const hint = `systemctl unmask --runtime docker.socket${reset} && systemctl restart docker.socket docker.service`;
      expect(hints(machine)).toEqual([['daemon-masked', hint]]);
    },
  );

  test('for all that is masked: one command', () => {
    const masked = { LoadState: 'masked', RequiredBy: 'docker.service', UnitFileState: 'masked' };
    const units = { 'docker.service': masked, 'docker.socket': masked };
    const command = 'systemctl unmask docker.service docker.socket';
    const observed = { state: 'masked', manager: { kind: 'none' }, info: null } as const;
    const start =
      'systemctl reset-failed docker.service && systemctl restart docker.socket docker.service';
    expect(hints({ units, observed })).toEqual([
      ['daemon-masked', `${command} && ${start}`],
      ['daemon-masked', `${command} && ${start}`],
    ]);
    const files = { '/etc/docker/daemon.json': '{"debug": true,}' };
    expect(hints({ units, observed, files })).toContainEqual([
      'daemon-masked',
      `${command} && systemctl reset-failed docker.service && dockerctl doctor --fix`,
    ]);
  });

  // Seen on 26.1: docker.service only wants containerd.service, and waits for its socket until its start times out.
  test('for a containerd that is masked, where its flags name one', () => {
    const units = {
      'containerd.service': {
        LoadState: 'masked',
        ActiveState: 'inactive',
        UnitFileState: 'masked',
      },
    };
    const argv = ['dockerd', '--containerd=/run/containerd/containerd.sock'];
    const observed = { state: 'stopped', argv } as const;
    expect(hints({ units, observed })).toContainEqual([
      'daemon-masked',
      'systemctl unmask containerd.service && systemctl reset-failed docker.service && systemctl restart containerd.service docker.service',
    ]);
    expect(hints({ units, observed: { ...observed, argv: ['dockerd'] } })).not.toContainEqual([
      'daemon-masked',
      expect.anything(),
    ]);
  });

  test('is not the one whose masked socket nothing requires', () => {
    expect(hints({ units: { 'docker.socket': { ...socket, RequiredBy: '' } } })).toEqual([]);
  });

  test('runs on while its own unit is masked, and needs no start then', () => {
    const units = { 'docker.service': { LoadState: 'masked', UnitFileState: 'masked' } };
    expect(hints({ units })).toContainEqual(['daemon-masked', 'systemctl unmask docker.service']);
  });
});
