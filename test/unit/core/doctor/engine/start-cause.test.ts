import { describe, expect, test } from '@jest/globals';
import { blamedByDockerd, unsetPlan } from '../../../../../src/core/doctor/engine/start-cause.js';
import { doctorFacts, type Machine } from '../../../../support/doctor-facts.js';
import { textsOf, told } from '../../../../support/doctor-findings.js';

const CONFIG = '/etc/docker/daemon.json';
const DROP_IN = '/etc/systemd/system/docker.service.d/env.conf';
const down = (cause: string, machine: Machine = {}): Machine => ({
  ...machine,
  observed: { state: 'failed', info: null },
  facts: { failedStart: { cause, atMs: 100 }, ...machine.facts },
});
const blamed = (machine: Machine) => blamedByDockerd(doctorFacts(machine));

describe('a key of the file', () => {
  const files = { [CONFIG]: '{"debug": true, "data-root": "/srv/full"}' };

  test.each([
    ['whose value the last words quote', 'mkdir /srv/full: no space left on device'],
    ['that they name', 'cannot use data-root: no space left on device'],
  ])('%s goes', (_, cause) => {
    const [finding, ...more] = blamed(down(cause, { files }));
    expect(more).toEqual([]);
    expect(told([finding!])).toEqual([
      'key-stops-dockerd data-root -> dockerctl config unset data-root',
    ]);
    expect(JSON.parse(textsOf(finding?.fix)[CONFIG] ?? '')).toEqual({ debug: true });
    expect(finding?.fix?.activation).toEqual({
      action: 'restart',
      reasons: ['dockerd is down'],
    });
  });

  test('is not blamed by a part of a word', () => {
    expect(
      blamed(
        down('mkdir /srv/full-disk/x: denied', {
          files: { [CONFIG]: '{"data-root": "/srv/full"}' },
        }),
      ),
    ).toEqual([]);
    expect(blamed(down('no debugger found', { files: { [CONFIG]: '{"debug": true}' } }))).toEqual(
      [],
    );
  });

  test('is not blamed for what was written after the start', () => {
    const changedAt = new Map([[CONFIG, 200]]);
    expect(blamed(down('mkdir /srv/full: denied', { files, facts: { changedAt } }))).toEqual([]);
  });
});

describe('a variable that dockerd reads itself', () => {
  const machine = (text: string, path = DROP_IN) =>
    down('error initializing graphdriver: driver not supported: btrfs', {
      files: { [path]: `[Service]\nExecStart=\nExecStart=/usr/sbin/dockerd -H fd://\n${text}` },
    });

  test.each([
    ['Environment=DOCKER_DRIVER=btrfs\n', ''],
    ['Environment="DOCKER_DRIVER=btrfs" TZ=UTC\n', 'Environment=TZ=UTC\n'],
    ['Environment=TZ=UTC DOCKER_DRIVER=btrfs\n', 'Environment=TZ=UTC\n'],
  ])('%j becomes %j', (text, wanted) => {
    const [finding] = blamed(machine(text));
    expect(finding).toMatchObject({
      ...{ code: 'unit-variable-stops', subject: 'DOCKER_DRIVER', path: DROP_IN },
      hint: 'dockerctl doctor --fix unit-variable-stops',
    });
    expect(textsOf(finding?.fix)).toEqual({
      [DROP_IN]: `[Service]\nExecStart=\nExecStart=/usr/sbin/dockerd -H fd://\n${wanted}`,
    });
  });

  test('of another name is nobody’s', () => {
    expect(blamed(machine('Environment=MY_DRIVER=btrfs\n'))).toEqual([]);
  });
});

test('nobody is blamed where the file itself explains it, or nothing was said', () => {
  const files = { [CONFIG]: '{"mtu": "big", "data-root": "/srv/full"}' };
  expect(blamed(down('mkdir /srv/full: denied', { files }))).toEqual([]);
  expect(blamed({ observed: { state: 'failed', info: null } })).toEqual([]);
});

test('a key goes from strict JSON alone', () => {
  const facts = (text: string) => doctorFacts({ files: { [CONFIG]: text } });
  expect(unsetPlan(facts('{"debug": true,}'), 'x', ['debug'])).toBeNull();
  const plan = unsetPlan(facts('{"debug": true}'), 'x', ['debug']);
  expect(textsOf(plan ?? undefined)[CONFIG]?.trim()).toBe('{}');
});
