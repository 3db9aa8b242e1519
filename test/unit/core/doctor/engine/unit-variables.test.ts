import { describe, expect, test } from '@jest/globals';
import {
  flagFiles,
  misspelt,
  unused,
} from '../../../../../src/core/doctor/engine/unit-variables.js';
import { doctorFacts, type Machine } from '../../../../support/doctor-facts.js';
import { alarmsOn, textsOf, told } from '../../../../support/doctor-findings.js';

const DROP_IN = '/etc/systemd/system/docker.service.d/own.conf';
const dropIn = (flags: string) => ({
  [DROP_IN]: `[Service]\nExecStart=\nExecStart=/usr/sbin/dockerd ${flags}\n`,
});
const started = (...flags: string[]) => ({ argv: ['/usr/sbin/dockerd', ...flags] });
const of = (machine: Machine) => {
  const facts = doctorFacts(machine);
  return { facts, unit: facts.unit! };
};

describe('no alarm', () => {
  test.each<[string, Machine]>([
    [
      'flags in /etc/default/docker, which Debian reads',
      {
        files: { '/etc/default/docker': 'DOCKER_OPTS="--debug"\nhttp_proxy="http://proxy:3128"\n' },
        observed: {
          ...started('-H', 'fd://', '--containerd=/run/containerd/containerd.sock', '--debug'),
          info: { Debug: true },
        },
      },
    ],
    [
      'a file with comments alone',
      { files: { '/etc/default/docker': '# DOCKER_OPTS="--dns 8.8.8.8"\n' } },
    ],
    [
      'a variable of a package that nobody sets',
      {
        files: dropIn('-H fd:// $DOCKER_NETWORK_OPTIONS $OPTIONS'),
        observed: started('-H', 'fd://'),
      },
    ],
    [
      'a unit that a wrapper starts',
      { files: { [DROP_IN]: '[Service]\nExecStart=\nExecStart=/usr/bin/dockerd-rootless.sh\n' } },
    ],
  ])('%s', (_, machine) => {
    expect(alarmsOn(machine)).toEqual([]);
  });
});

describe('a variable that nobody sets', () => {
  const machine = (name: string): Machine => ({
    files: {
      ...dropIn(`-H fd:// ${name}`),
      '/etc/default/docker': 'DOCKER_OPTS="--debug"\n',
    },
  });

  test.each(['$DOCKER_OPT', '$DOCKER_OPTSS', '$DOKCER_OPTS', '${docker_opts}'])(
    '%s was meant to be one that is set',
    (name) => {
      const { facts, unit } = of(machine(name));
      const [finding, ...more] = misspelt(facts, unit);
      expect(more).toEqual([]);
      const plain = name.replace(/[{}]/g, '');
      expect(told([finding!])).toEqual([
        `unit-variable-unset ${plain} -> dockerctl doctor --fix unit-variable-unset`,
      ]);
      const right = name.includes('{') ? '${DOCKER_OPTS}' : '$DOCKER_OPTS';
      expect(textsOf(finding?.fix)).toEqual(dropIn(`-H fd:// ${right}`));
    },
  );

  test('far from all others is nobody’s slip', () => {
    const { facts, unit } = of(machine('$MY_FLAGS'));
    expect(misspelt(facts, unit)).toEqual([]);
  });
});

test('a variable that the unit does not use has no effect, and its flags can move into the file', () => {
  const { facts, unit } = of({
    files: { ...dropIn('-H fd://'), '/etc/sysconfig/docker': "OPTIONS='--debug --mtu=1400'\n" },
    observed: started('-H', 'fd://'),
  });
  expect(flagFiles(facts, unit)).toEqual([
    { path: '/etc/sysconfig/docker', name: 'OPTIONS', value: '--debug --mtu=1400' },
  ]);
  expect(told(unused(facts, unit))).toEqual([
    'unit-variable-unused OPTIONS -> dockerctl doctor --fix unit-variable-unused',
  ]);
});
