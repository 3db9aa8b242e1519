import { describe, expect, test } from '@jest/globals';
import { examine } from '../../../../src/core/doctor/families.js';
import { planFix } from '../../../../src/core/doctor/fix.js';
import type { FileImage } from '../../../../src/core/plan/plan.js';
import { doctorFacts, type Machine } from '../../../support/doctor-facts.js';

const CONFIG = '/etc/docker/daemon.json';
const UNIT = '/etc/systemd/system/docker.service.d/own.conf';
const DOWN = { state: 'failed', info: null } as const;
const down = (machine: Machine) => doctorFacts({ ...machine, observed: DOWN });
const found = (machine: Machine) => examine(down(machine)).flatMap(({ findings }) => findings);
const textOf = (image: FileImage | null) =>
  image !== null && 'text' in image.content ? image.content.text : null;
const fixed = (machine: Machine) => {
  const { plan } = planFix(down(machine), []);
  const files: Readonly<Record<string, string | null>> = Object.fromEntries(
    plan.changes.map(({ path, after }) => [path, textOf(after)]),
  );
  return { files, action: plan.activation.action };
};

test('a stale pid file is named by the words of 20.10, too', () => {
  const cause =
    'failed to start daemon: pid file found, ensure docker is not running or delete /var/run/docker.pid';
  expect(found({ facts: { failedStart: { cause, atMs: 2 } } })).toContainEqual(
    expect.objectContaining({
      code: 'pid-file-stale',
      hint: 'rm /var/run/docker.pid && dockerctl daemon restart',
    }),
  );
});

describe('a dockerd that is down for several reasons', () => {
  test.each([
    [
      'a comma and a scheme',
      '{"registry-mirrors":["https://m.test"],"insecure-registries":["http://a:1",]}',
    ],
    ['two unknown keys', '{"storage-drivr":"overlay2","log-lvl":"info","debug":true}'],
    [
      'three wrong types',
      '{"debug":"true","log-opts":{"max-file":3},"max-concurrent-downloads":"5"}',
    ],
    ['comments, an unknown key and a comma', '{ "debug": true, // c\n "nope": 1, }'],
  ])('%s are mended by doctor --fix together, which its first finding names', (_, text) => {
    const [first] = found({ files: { [CONFIG]: text } });
    expect(first).toMatchObject({ severity: 'error', hint: 'dockerctl doctor --fix' });
    const { action, files } = fixed({ files: { [CONFIG]: text } });
    expect(action).toBe('restart');
    const again = { files: { [CONFIG]: files[CONFIG] ?? '' } };
    expect(found(again).filter(({ severity }) => severity === 'error')).toMatchObject([
      { code: 'daemon-down', hint: 'dockerctl daemon restart' },
    ]);
  });

  test('a flag goes into the file that names its key too, and the lists of both stay whole', () => {
    const env = 'DOCKER_OPTS="--label f=1 --insecure-registry f:1 --mtu 1400"\n';
    const text = '{"labels":["x=1"],"insecure-registries":["x:1","f:1"],"mtu":1300,"debug":true,}';
    const machine = { files: { '/etc/default/docker': env, [CONFIG]: text } };
    const { files } = fixed(machine);
    expect(JSON.parse(files[CONFIG] ?? '')).toEqual({
      labels: ['x=1', 'f=1'],
      'insecure-registries': ['x:1', 'f:1'],
      debug: true,
    });
    const dropIn = '/etc/systemd/system/docker.service.d/zz-dockerctl-flags.conf';
    expect(files[dropIn]).toMatch(/^ExecStart=\/usr\/sbin\/dockerd .*--mtu 1400$/m);
    expect(files[dropIn]).not.toMatch(/--label|--insecure-registry/);
    expect(planFix(down(machine), []).words?.map(({ word }) => word)).toEqual(
      expect.arrayContaining(['--mtu', '1400']),
    );
  });

  test('beside a dockerd that runs, the flag goes by its own command', () => {
    const env = 'DOCKER_OPTS="--label f=1"\n';
    const files = { '/etc/default/docker': env, [CONFIG]: '{"labels":["x=1"]}' };
    expect(examine(doctorFacts({ files })).flatMap(({ findings }) => findings)).toContainEqual(
      expect.objectContaining({
        code: 'flag-and-file',
        hint: 'dockerctl config import-flags labels',
      }),
    );
  });

  test('an empty file, which 20.10 refuses, gets its object', () => {
    const observed = { ...DOWN, version: '20.10.24' };
    const { plan } = planFix(doctorFacts({ files: { [CONFIG]: '' }, observed }), []);
    expect(plan.changes.map(({ after }) => textOf(after))).toEqual(['{}\n']);
    expect(plan.activation.action).toBe('restart');
  });

  test('a file that is no JSON at all is moved away, and dockerd started', () => {
    expect(fixed({ files: { [CONFIG]: 'debug: true' } })).toEqual({
      action: 'restart',
      files: { [CONFIG]: null, [`${CONFIG}.broken`]: 'debug: true' },
    });
  });

  test('a folder in its place is taken away first', () => {
    const configHidden = { closed: false, message: 'it is a folder', hint: `rmdir ${CONFIG}` };
    const said = found({ facts: { configHidden } }).map(({ code, hint }) => [code, hint]);
    const hint = `rmdir ${CONFIG} && dockerctl daemon restart`;
    expect(said).toEqual([
      ['daemon-down', hint],
      ['config-no-file', hint],
    ]);
  });

  test('nothing of the kind is touched while dockerd runs', () => {
    const files = { [CONFIG]: '{"debug": true,}' };
    expect(planFix(doctorFacts({ files }), []).plan.changes).toEqual([]);
  });

  test('are proved by what the file ends with, and not by what it says between two fixes', () => {
    const files = {
      [UNIT]: '[Service]\nExecStart=\nExecStart=/usr/sbin/dockerd -H fd:// --debug=false\n',
      [CONFIG]: '{"registry-mirrors":["https://a.test"],"debug":true,}',
    };
    const { plan } = planFix(down({ files }), []);
    const keys = plan.expect.flatMap((one) => ('key' in one ? one.key : []));
    expect(keys).toContain('registry-mirrors');
    expect(keys).not.toContain('debug');
  });
});

describe("dockerd's own last words", () => {
  const zfs = 'failed to start daemon: error initializing graphdriver: driver not supported: zfs';
  const api = 'invalid DOCKER_MIN_API_VERSION: maximum supported API version is 1.51: 1.99';
  const since = (cause: string) => ({ failedStart: { cause, atMs: 2 }, changedAt: new Map() });

  test.each([
    [zfs, 'Environment=DOCKER_DRIVER=zfs', null],
    [zfs, 'Environment="A=b c" DOCKER_DRIVER=zfs', 'Environment="A=b c"'],
    [api, 'Environment="DOCKER_MIN_API_VERSION=1.99" "A=b"', 'Environment="A=b"'],
  ])('%s takes %s out of the unit', (cause, line, left) => {
    const machine = { files: { [UNIT]: `[Service]\n${line}\n` }, facts: since(cause) };
    expect(found(machine)).toContainEqual(
      expect.objectContaining({
        code: 'unit-variable-stops',
        message: expect.stringContaining(cause),
      }),
    );
    expect(fixed(machine).files[UNIT]).toBe(left === null ? '[Service]\n' : `[Service]\n${left}\n`);
  });

  test('blame the key whose value they quote', () => {
    const cause = 'error initializing: mkdir /srv/thing: not a directory';
    const files = { [CONFIG]: '{"data-root":"/srv/thing","debug":true}' };
    expect(found({ files, facts: since(cause) })).toContainEqual(
      expect.objectContaining({ code: 'key-stops-dockerd', subject: 'data-root' }),
    );
    expect(JSON.parse(fixed({ files, facts: since(cause) }).files[CONFIG] ?? '')).toEqual({
      debug: true,
    });
  });

  test('are old where the file was changed since', () => {
    const files = { [CONFIG]: '{"data-root":"/srv/thing"}' };
    const facts = {
      failedStart: { cause: 'mkdir /srv/thing: not a directory', atMs: 2 },
      changedAt: new Map([[CONFIG, 3]]),
    };
    expect(found({ files, facts }).map(({ code }) => code)).toEqual(['daemon-down']);
  });
});

describe('what of the machine keeps dockerd from starting', () => {
  const hints = (machine: Machine) => found(machine).map(({ code, hint }) => [code, hint]);

  test('a program that systemd cannot run', () => {
    const machine = {
      files: { [UNIT]: '[Service]\nExecStart=\nExecStart=/usr/bin/nothing\n' },
      units: { 'docker.service': { FragmentPath: UNIT, DropInPaths: '', ExecMainStatus: '203' } },
    };
    const hint = `mv ${UNIT} ${UNIT}.off && systemctl daemon-reload && dockerctl daemon restart`;
    expect(hints(machine)).toEqual([
      ['daemon-down', hint],
      ['unit-program-missing', hint],
    ]);
  });

  test('a pid file of somebody else, and a comma', () => {
    const cause =
      'failed to start daemon, ensure docker is not running or delete /var/run/docker.pid: process with PID 1 is still running';
    const machine = {
      files: { [CONFIG]: '{"debug":true,}' },
      facts: { failedStart: { cause, atMs: 2 } },
    };
    expect(hints(machine)[0]).toEqual([
      'daemon-down',
      'rm /var/run/docker.pid && dockerctl doctor --fix',
    ]);
  });

  test("a socket's group that there is not", () => {
    const units = { 'docker.socket': { SocketMode: '0660', SocketGroup: 'docker' } };
    const hint = 'groupadd --system docker && dockerctl daemon restart';
    expect(hints({ units, files: { '/etc/group': 'root:x:0:\n' } })).toEqual([
      ['daemon-down', hint],
      ['socket-group-missing', hint],
    ]);
    expect(hints({ units, files: { '/etc/group': 'docker:x:9:\n' } })).toHaveLength(1);
  });

  test('a start that waits for what there is not', () => {
    const units = { 'docker.service': { ActiveState: 'activating' } };
    const files = { [CONFIG]: '{"debug":true,}' };
    const said = examine(doctorFacts({ units, files, observed: { state: 'running', info: null } }));
    expect(said.flatMap(({ findings }) => findings)[0]).toMatchObject({
      code: 'daemon-not-answering',
      hint: 'systemctl stop docker.service && dockerctl doctor --fix',
    });
  });
});
