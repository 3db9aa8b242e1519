import { describe, expect, test } from '@jest/globals';
import { unitFamily } from '../../../../../src/core/doctor/engine/unit.js';
import { doctorFacts, PACKAGED_UNIT, type Machine } from '../../../../support/doctor-facts.js';
import { told } from '../../../../support/doctor-findings.js';

const find = (machine: Machine) => told(unitFamily.find(doctorFacts(machine)));
const DROP_IN = '/etc/systemd/system/docker.service.d/own.conf';
const FLAGS = '/etc/default/docker';
const dropIn = (flags: string) => ({
  [DROP_IN]: `[Service]\nEnvironmentFile=-${FLAGS}\nExecStart=\nExecStart=/usr/sbin/dockerd ${flags}\n`,
});

test('settings in a drop-in, in the file of a variable and in daemon.json are in three places', () => {
  const files = {
    ...dropIn('-H fd:// --debug $DOCKER_OPTS'),
    [FLAGS]: 'DOCKER_OPTS="--mtu=1400"\n',
    '/etc/docker/daemon.json': '{"icc": false}',
  };
  const argv = ['/usr/sbin/dockerd', '-H', 'fd://', '--debug', '--mtu=1400'];
  expect(find({ files, observed: { argv } })).toEqual([
    'flags-in-many-places dockerd -> dockerctl doctor --fix flags-in-many-places',
  ]);
  expect(
    find({ files: { ...files, '/etc/docker/daemon.json': '{}' }, observed: { argv } }),
  ).toEqual([]);
});

describe('a unit that is not what runs', () => {
  test('was changed and not read by systemd', () => {
    const units = { 'docker.service': { NeedDaemonReload: 'yes', FragmentPath: PACKAGED_UNIT } };
    expect(find({ units })).toEqual([
      'unit-not-reloaded docker.service -> systemctl daemon-reload',
    ]);
    const manager = {
      kind: 'systemd',
      unit: 'docker.service',
      socketUnit: null,
      user: true,
    } as const;
    expect(find({ units, observed: { manager } })).toEqual([
      'unit-not-reloaded docker.service -> systemctl --user daemon-reload',
    ]);
  });

  const started = (...flags: string[]): Machine['observed'] => ({
    argv: ['/usr/sbin/dockerd', ...flags],
  });

  test('has other flags by now', () => {
    expect(find({ files: dropIn('-H fd:// --debug'), observed: started('-H', 'fd://') })).toEqual([
      'unit-not-restarted docker.service -> dockerctl daemon restart',
    ]);
  });

  test.each([
    ['the same in another order', '--debug -H fd://', ['-H', 'fd://', '--debug']],
    ['the same in another spelling', '-H fd:// --mtu=1400', ['-H', 'fd://', '--mtu', '1400']],
    ['a specifier of systemd', '-H fd:// --label=%H', ['-H', 'fd://']],
  ])('and %s is no difference', (_, flags, argv) => {
    expect(find({ files: dropIn(flags), observed: started(...argv) })).toEqual([]);
  });

  test('is nothing to a dockerd that does not run', () => {
    const observed = { ...started('-H', 'fd://'), state: 'stopped', info: null } as const;
    expect(find({ files: dropIn('-H fd:// --debug'), observed })).toEqual([]);
  });
});

test('without a unit there is nothing to find', () => {
  expect(find({ facts: { unit: null } })).toEqual([]);
  expect(unitFamily.unseen?.(doctorFacts({ facts: { filesOnly: true } }))).toBe(true);
});
