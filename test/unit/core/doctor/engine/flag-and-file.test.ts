import { describe, expect, test } from '@jest/globals';
import { flagIntoFile } from '../../../../../src/core/doctor/engine/flag-and-file.js';
import { doctorFacts, imageOf, type Machine } from '../../../../support/doctor-facts.js';
import { textsOf } from '../../../../support/doctor-findings.js';

const FLAGS = '/etc/default/docker';
const CONFIG = '/etc/docker/daemon.json';
const DROP_IN = '/etc/systemd/system/docker.service.d/zz-dockerctl-flags.conf';
const machine = (flags: string, config: string): Machine => ({
  files: { [FLAGS]: `DOCKER_OPTS="${flags}"\n`, [CONFIG]: config },
});
const into = (one: Machine, key: string) => flagIntoFile(doctorFacts(one), 'flag-and-file', key);

test('a list of both becomes one in the file, and a drop-in starts dockerd without the flag', () => {
  const plan = into(machine('--label a=1 --debug', '{"labels": ["b=2"]}'), 'labels');
  const texts = textsOf(plan ?? undefined);
  expect(JSON.parse(texts[CONFIG] ?? '')).toEqual({
    labels: expect.arrayContaining(['a=1', 'b=2']),
  });
  expect(texts[DROP_IN]).toMatch(/^ExecStart=$/m);
  expect(texts[DROP_IN]).toMatch(/^ExecStart=\/usr\/sbin\/dockerd .*--debug/m);
  expect(texts[DROP_IN]).not.toContain('--label');
  expect(plan?.activation.action).toBe('restart');
});

test('what not all may read, not all may read afterwards', () => {
  const open = machine('--label a=1', '{"labels": ["b=2"]}');
  const secret = { ...imageOf(''), mode: 0o600 };
  const modes = (one: Machine) =>
    into(one, 'labels')
      ?.changes.filter(({ path }) => path === DROP_IN)
      .map(({ after }) => after?.mode);
  expect(modes(open)).toEqual([0o644]);
  const { unit } = doctorFacts(open);
  expect(modes({ files: { ...open.files, [FLAGS]: secret }, facts: { unit } })).toEqual([0o600]);
});

describe('nothing is moved', () => {
  test('where the two contradict each other', () => {
    expect(into(machine('--mtu=1400', '{"mtu": 1500}'), 'mtu')).toBeNull();
  });

  test('of the sockets of the unit', () => {
    expect(into(machine('', '{"hosts": ["fd://"]}'), 'hosts')).toBeNull();
  });

  test('into a file that is no JSON', () => {
    expect(into(machine('--label a=1', '{"labels": [}'), 'labels')).toBeNull();
  });

  test('where no unit of the system starts dockerd itself', () => {
    const one = machine('--label a=1', '{"labels": ["b=2"]}');
    expect(into({ ...one, observed: { manager: { kind: 'none' } } }, 'labels')).toBeNull();
    expect(into({ ...one, facts: { unit: null } }, 'labels')).toBeNull();
  });
});
