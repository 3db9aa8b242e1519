import { NO_WITNESSES } from '../../../../../src/core/dockerd/observed/witnesses.js';
import { describe, expect, test } from '@jest/globals';
import { daemonFamily } from '../../../../../src/core/doctor/engine/daemon.js';
import { examine } from '../../../../../src/core/doctor/families.js';
import { doctorFacts, PACKAGED_UNIT, type Machine } from '../../../../support/doctor-facts.js';
import { alarmsOn, codesOn, fixOn, told } from '../../../../support/doctor-findings.js';

const find = (machine: Machine) => told(daemonFamily.find(doctorFacts(machine)));

test.each(['start-limit-hit', 'exit-code'])('a unit that has met its limit by %s', (result) => {
  const machine: Machine = {
    observed: { state: 'failed', info: null },
    units: {
      'docker.service': {
        FragmentPath: PACKAGED_UNIT,
        ActiveState: 'failed',
        Result: result,
        Restart: 'always',
      },
    },
  };
  expect(codesOn(machine)).toEqual(['daemon-start-limited']);
  expect(find(machine)).toEqual(['daemon-start-limited dockerd -> dockerctl daemon restart']);
});

test('a unit that nobody restarts has met no limit', () => {
  const service = { ActiveState: 'failed', Result: 'exit-code', Restart: 'no' };
  const machine: Machine = {
    observed: { state: 'failed', info: null },
    units: { 'docker.service': service },
    facts: { failedStart: { cause: 'no space left on device', atMs: 1 } },
  };
  expect(daemonFamily.find(doctorFacts(machine))).toMatchObject([
    {
      code: 'daemon-down',
      message: 'dockerd is failed. Its last start failed: no space left on device.',
      hint: 'dockerctl daemon restart',
    },
  ]);
});

test('socket activation alone is no alarm, and neither enabled is', () => {
  const disabled = { UnitFileState: 'disabled', FragmentPath: PACKAGED_UNIT };
  expect(alarmsOn({ units: { 'docker.service': disabled } })).toEqual([]);
  const neither = { 'docker.service': disabled, 'docker.socket': { UnitFileState: 'disabled' } };
  expect(find({ units: neither })).toEqual([
    'daemon-not-enabled docker.service -> systemctl enable docker.service',
  ]);
});

describe('a unit that systemd refuses', () => {
  const FILE = '/etc/systemd/system/docker.service.d/second.conf';
  const unitFault = { path: FILE, reason: 'it gives a second ExecStart=', advice: 'put one above' };
  const files = { [FILE]: '[Service]\nExecStart=/usr/sbin/dockerd -H fd:// --debug\n' };

  test.each(['running', 'stopped'] as const)('%s', (state) => {
    const machine: Machine = { files, observed: { unitFault, state, info: null } };
    const codes = codesOn(machine);
    expect(find(machine)).toContain(
      'unit-refused docker.service -> dockerctl doctor --fix unit-refused',
    );
    expect(codes).toContain('unit-refused');
    expect(codes).not.toContain('daemon-down');
    expect(codes).not.toContain('unit-not-restarted');
    expect(fixOn(machine, 'unit-refused').changes).toMatchObject([
      {
        after: {
          content: {
            text: '[Service]\nExecStart=\nExecStart=/usr/sbin/dockerd -H fd:// --debug\n',
          },
        },
      },
    ]);
  });

  test('by a file of the package is for a person to correct', () => {
    const fault = { ...unitFault, path: PACKAGED_UNIT };
    expect(find({ observed: { unitFault: fault } })).toContain(
      'unit-refused docker.service -> systemctl edit --full docker.service',
    );
  });
});

describe('a dockerd that runs and says nothing', () => {
  const silent: Machine['observed'] = { info: null };
  test.each<[string, Machine, string]>([
    ['may still be starting', { observed: silent }, 'dockerctl daemon restart'],
    ['is halted', { observed: silent, facts: { halted: true } }, 'kill -CONT 4711'],
    [
      'has lost its socket',
      { observed: silent, facts: { socketMode: null } },
      'systemctl reset-failed docker.socket docker.service && systemctl restart docker.socket docker.service',
    ],
    [
      'has podman at its socket',
      { observed: { info: null, silence: 'podman' } },
      'systemctl reset-failed docker.socket docker.service && systemctl restart docker.socket docker.service',
    ],
  ])('%s', (_, machine, hint) => {
    expect(find(machine)).toContain(`daemon-not-answering dockerd -> ${hint}`);
  });

  test('waits with a file that it does not start with', () => {
    const machine: Machine = {
      files: { '/etc/docker/daemon.json': '{"mtu": "big"}' },
      observed: silent,
      units: { 'docker.service': { ActiveState: 'activating', FragmentPath: PACKAGED_UNIT } },
    };
    expect(find(machine)).toContain(
      'daemon-not-answering dockerd -> systemctl stop docker.service && dockerctl doctor --fix',
    );
  });
});

test('a file that dockerd would not start with is not for a reload to fix', () => {
  const machine: Machine = {
    files: { '/etc/docker/daemon.json': '{"debug": true, "mtu": "big"}' },
  };
  expect(codesOn(machine)).toEqual(['wrong-type']);
  expect(examine(doctorFacts(machine))[0]?.ok).toBe('dockerd runs');
});

test('a key that the running dockerd has otherwise names what takes it over', () => {
  const files = { '/etc/docker/daemon.json': '{"debug": true}' };
  expect(find({ files })).toEqual(['config-not-loaded debug -> dockerctl daemon reload']);
  expect(find({ files, observed: { info: { Debug: true } } })).toEqual([]);
});

// dockerd shows neither shutdown-timeout nor default-shm-size, and no record says what the file had when it was started.
test('what the file has now, and what it may have had before, are told each', () => {
  const files = { '/etc/docker/daemon.json': '{"shutdown-timeout": 20}' };
  const observed = { witnesses: { ...NO_WITNESSES, fileIsOlder: false } };
  expect(find({ files, observed })).toEqual([
    'config-not-read shutdown-timeout -> dockerctl daemon reload',
    'config-before-unknown daemon.json -> dockerctl daemon reload',
  ]);
  expect(find({ observed })).toEqual([expect.stringMatching(/^config-before-unknown /)]);
});

// A dockerd 20.10 writes key.json beside it at its first start.
test('where there is no file, only its folder is said to have changed', () => {
  const observed = { witnesses: { ...NO_WITNESSES, fileIsOlder: false } };
  expect(daemonFamily.find(doctorFacts({ observed }))).toMatchObject([
    {
      code: 'config-before-unknown',
      message: expect.stringMatching(/^there is none, and its folder was changed since dockerd /),
    },
  ]);
});
