import { describe, expect, test } from '@jest/globals';
import { examine } from '../../../../src/core/doctor/families.js';
import { planFix } from '../../../../src/core/doctor/fix.js';
import { textAt } from '../../../../src/core/plan/snapshot.js';
import { doctorFacts, PACKAGED_UNIT, type Machine } from '../../../support/doctor-facts.js';

/** What guides of the field have people write into unit files and the files beside them. */
const found = (machine: Machine) =>
  examine(doctorFacts(machine))
    .flatMap(({ findings }) => findings)
    .map(({ code, path }) => `${code} ${path}`);

/** The files that the fix of one code writes, as text. */
const fixed = (machine: Machine, code: string) =>
  planFix(doctorFacts(machine), [code]).plan.changes.map(({ path, after }) => {
    const snapshot = new Map([[path, after && ({ kind: 'file', image: after } as const)]]);
    return [path, textAt(snapshot, path)];
  });

const SYSCONFIG = '/etc/sysconfig/docker';
const DROP_IN = '/etc/systemd/system/docker.service.d/docker.conf';
const dropIn = (flags: string) =>
  `[Service]\nEnvironmentFile=-${SYSCONFIG}\nEnvironmentFile=-/etc/default/docker\nExecStart=\nExecStart=/usr/bin/dockerd ${flags}\n`;

describe("OPTIONS='… -H --insecure-registry …' in /etc/sysconfig/docker", () => {
  const text = (options: string) => `# flags of dockerd\nOPTIONS='${options}'\n`;
  const machine: Machine = {
    files: {
      [DROP_IN]: dropIn('$OPTIONS'),
      [SYSCONFIG]: text('--selinux-enabled -H --insecure-registry registry.local:5000'),
    },
    observed: { state: 'failed', info: null },
  };

  test('is found where it is written', () => {
    expect(found(machine)).toContain(`flag-swallows-flag ${SYSCONFIG}`);
  });

  test('loses the -H alone', () => {
    expect(fixed(machine, 'flag-swallows-flag')).toEqual([
      [SYSCONFIG, text('--selinux-enabled --insecure-registry registry.local:5000')],
    ]);
  });
});

describe('$DOCKER_OPTS8 in a unit', () => {
  const machine: Machine = {
    files: {
      [DROP_IN]: dropIn('-H fd:// $DOCKER_OPTS8'),
      '/etc/default/docker': 'DOCKER_OPTS="--insecure-registry registry.local:5000"\n',
    },
    observed: { argv: ['/usr/bin/dockerd', '-H', 'fd://'] },
  };

  test('is found, and so is the variable that nobody reads', () => {
    expect(found(machine)).toEqual([
      `unit-variable-unset ${DROP_IN}`,
      'unit-variable-unused /etc/default/docker',
    ]);
  });

  test.each(['$DOKCER_OPTS', '$docker_opts', '${DOCKER_OPT}'])('as %s is', (name) => {
    const files = { ...machine.files, [DROP_IN]: dropIn(`-H fd:// ${name}`) };
    expect(found({ ...machine, files })).toContain(`unit-variable-unset ${DROP_IN}`);
  });

  test('becomes the variable that is set', () => {
    expect(fixed(machine, 'unit-variable-unset')).toEqual([
      [DROP_IN, dropIn('-H fd:// $DOCKER_OPTS')],
    ]);
  });
});

describe('ExecStart=… -H tcp://0.0.0.0:2375', () => {
  const machine: Machine = {
    files: {
      [PACKAGED_UNIT]: '[Service]\nExecStart=/usr/bin/dockerd -H fd://\n',
      [DROP_IN]: dropIn('-H fd:// -H tcp://0.0.0.0:2375'),
      '/etc/docker/daemon.json': '{"hosts": ["unix:///var/run/docker.sock"]}',
    },
    observed: { argv: ['/usr/bin/dockerd', '-H', 'fd://', '-H', 'tcp://0.0.0.0:2375'] },
  };

  test('opens the machine, and stands against hosts in the file', () => {
    expect(found(machine)).toEqual([
      'flag-and-file /etc/docker/daemon.json',
      `api-without-tls ${DROP_IN}`,
    ]);
  });

  test('listens on loopback afterwards', () => {
    expect(fixed(machine, 'api-without-tls')).toEqual([
      [DROP_IN, dropIn('-H fd:// -H tcp://127.0.0.1:2375')],
    ]);
  });
});
