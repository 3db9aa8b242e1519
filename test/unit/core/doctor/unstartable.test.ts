import { describe, expect, test } from '@jest/globals';
import { examine } from '../../../../src/core/doctor/families.js';
import type { DoctorFacts } from '../../../../src/core/doctor/facts.js';
import { planFix } from '../../../../src/core/doctor/fix.js';
import { doctorFacts, type Machine } from '../../../support/doctor-facts.js';

const findingsOf = (facts: DoctorFacts) => examine(facts).flatMap(({ findings }) => findings);

describe('a dockerd that systemd would not start again', () => {
  const hints = (machine: Machine) =>
    findingsOf(doctorFacts(machine)).map(({ code, hint }) => [code, hint]);
  const FILE = '/etc/systemd/system/docker.service.d/second.conf';
  const unitFault = { path: FILE, reason: 'it gives a second ExecStart=', advice: 'put one above' };
  const files = { [FILE]: '[Service]\nExecStart=/usr/sbin/dockerd -H fd:// --debug\n' };

  test.each(['running', 'stopped'] as const)('for its unit, %s', (state) => {
    const machine: Machine = { files, observed: { unitFault, state, info: null } };
    const said = hints(machine);
    expect(said).toContainEqual(['unit-refused', 'dockerctl doctor --fix unit-refused']);
    expect(said.map(([code]) => code)).not.toContain('daemon-down');
    expect(said.map(([code]) => code)).not.toContain('unit-not-restarted');
    expect(planFix(doctorFacts(machine), ['unit-refused']).plan.changes).toMatchObject([
      {
        after: {
          content: {
            text: '[Service]\nExecStart=\nExecStart=/usr/sbin/dockerd -H fd:// --debug\n',
          },
        },
      },
    ]);
  });

  const socket = {
    LoadState: 'masked',
    SocketMode: '0666',
    RequiredBy: 'docker.service',
    UnitFileState: 'masked-runtime',
  };
  test.each(['running', 'stopped'] as const)(
    'for a masked socket that it requires, %s',
    (state) => {
      const machine: Machine = { units: { 'docker.socket': socket }, observed: { state } };
      const hint =
        'systemctl unmask --runtime docker.socket && systemctl restart docker.socket docker.service';
      expect(hints(machine)).toEqual([['daemon-masked', hint]]);
    },
  );

  test('for all that is masked: one command', () => {
    const masked = { LoadState: 'masked', RequiredBy: 'docker.service', UnitFileState: 'masked' };
    const units = { 'docker.service': masked, 'docker.socket': masked };
    const command = 'systemctl unmask docker.service docker.socket';
    const observed = { state: 'masked', manager: { kind: 'none' }, info: null } as const;
    const start = 'systemctl restart docker.socket docker.service';
    expect(hints({ units, observed })).toEqual([
      ['daemon-masked', `${command} && ${start}`],
      ['daemon-masked', `${command} && ${start}`],
    ]);
    const files = { '/etc/docker/daemon.json': '{"debug": true,}' };
    expect(hints({ units, observed, files })).toContainEqual([
      'daemon-masked',
      `${command} && dockerctl doctor --fix`,
    ]);
  });

  test('is not the one whose masked socket nothing requires', () => {
    const units = { 'docker.socket': { ...socket, RequiredBy: '' } };
    expect(hints({ units })).toEqual([]);
  });
});
