import { describe, expect, test } from '@jest/globals';
import { startObstacles } from '../../../../../src/core/doctor/engine/start-obstacles.js';
import { doctorFacts, PACKAGED_UNIT, type Machine } from '../../../../support/doctor-facts.js';
import { told } from '../../../../support/doctor-findings.js';

const find = (machine: Machine) => told(startObstacles(doctorFacts(machine)));
const DROP_IN = '/etc/systemd/system/docker.service.d/own.conf';

/** systemd.exec(5), "Process Exit Codes": 203 is EXIT_EXEC. */
describe('a program that systemd cannot run', () => {
  const failed = {
    'docker.service': { ExecMainStatus: '203', FragmentPath: PACKAGED_UNIT, DropInPaths: DROP_IN },
  };

  test('named by a drop-in, which can go', () => {
    const files = { [DROP_IN]: '[Service]\nExecStart=\nExecStart=/opt/dockerd -H fd://\n' };
    expect(find({ files, units: failed })).toEqual([
      `unit-program-missing docker.service -> mv ${DROP_IN} ${DROP_IN}.off && systemctl daemon-reload && dockerctl daemon restart`,
    ]);
  });

  test('named by the unit itself is for a person to correct', () => {
    expect(find({ units: { 'docker.service': { ExecMainStatus: '203' } } })).toEqual([
      'unit-program-missing docker.service -> systemctl edit --full docker.service',
    ]);
    expect(find({ units: { 'docker.service': { ExecMainStatus: '1' } } })).toEqual([]);
  });
});

/** moby pkg/pidfile: 20.10 ends its words with the path, 23 goes on. */
test.each([
  'failed to start daemon: pid file found, ensure docker is not running or delete /var/run/docker.pid',
  'failed to start daemon, ensure docker is not running or delete /var/run/docker.pid: process with PID 1 is still running',
])('a pid file of somebody else: %s', (cause) => {
  expect(find({ facts: { failedStart: { cause, atMs: 1 } } })).toEqual([
    'pid-file-stale /var/run/docker.pid -> rm /var/run/docker.pid && dockerctl daemon restart',
  ]);
});

describe('the group of the socket', () => {
  const machine = (group: string, groups = 'root:x:0:\ndocker:x:999:\n'): Machine => ({
    files: { '/etc/group': groups },
    units: { 'docker.socket': { SocketGroup: group } },
  });

  test('is missing', () => {
    expect(find(machine('dockers'))).toEqual([
      'socket-group-missing docker.socket -> groupadd --system dockers && dockerctl daemon restart',
    ]);
  });

  test.each(['docker', '999', ''])('%j is as it should be', (group) => {
    expect(find(machine(group))).toEqual([]);
  });

  test('is not known where the groups are not in the file', () => {
    expect(find({ units: { 'docker.socket': { SocketGroup: 'dockers' } } })).toEqual([]);
  });
});
