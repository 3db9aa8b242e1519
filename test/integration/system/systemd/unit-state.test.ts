import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Host } from '../../../../src/host/host.js';
import { showUnit, showUnits, unitText } from '../../../../src/system/systemd/unit-state.js';
import { temporaryHost } from '../../../support/node-host.js';

const UNIT = {
  kind: 'systemd',
  unit: 'docker.service',
  socketUnit: 'docker.socket',
  user: false,
} as const;

function answering(stdout: string): { host: Host; root: string; asked: string[][] } {
  const { host, root } = temporaryHost();
  const asked: string[][] = [];
  const exec: Host['exec'] = {
    ...host.exec,
    run: (argv) => {
      asked.push([...argv]);
      return Promise.resolve({ status: 0, stdout, stderr: '', timedOut: false });
    },
  };
  return { host: { ...host, exec }, root, asked };
}

// As systemd 257 prints it; 252 has Listen before Id.
const SHOWN = `Id=docker.service
LoadState=loaded
ActiveState=active
SubState=running
MainPID=12
NRestarts=2
InvocationID=ab
KillMode=process
Job=
RequiredBy=app.service docker.socket
FragmentPath=/usr/lib/systemd/system/docker.service
DropInPaths="/etc/systemd/system/docker.service.d/10 a.conf" /etc/systemd/system/docker.service.d/20.conf

Listen=/run/docker.sock (Stream)
Listen=/run/other.sock (Stream)
Listen=2375 (Stream)
Listen=/run/queue (FIFO)
Id=docker.socket
LoadState=loaded
`;

test('one process answers all of a service and its socket unit', async () => {
  const { host, asked } = answering(SHOWN);
  expect(await showUnit(host, UNIT)).toEqual({
    masked: false,
    refused: false,
    activeState: 'active',
    subState: 'running',
    mainPid: 12,
    restarts: 2,
    invocation: 'ab',
    killMode: 'process',
    busy: false,
    dependents: ['app.service'],
    files: [
      '/usr/lib/systemd/system/docker.service',
      '/etc/systemd/system/docker.service.d/10 a.conf',
      '/etc/systemd/system/docker.service.d/20.conf',
    ],
    sockets: ['/run/docker.sock', '/run/other.sock'],
    ownsSocketUnit: false,
    isOutdated: false,
  });
  expect(asked).toHaveLength(1);
  expect(asked[0]?.slice(-2)).toEqual(['docker.service', 'docker.socket']);
});

test('where systemd has not read the files of a unit, its drop-ins are those on disk', async () => {
  const { host, root } = answering(
    'Id=docker.service\nLoadState=loaded\nNeedDaemonReload=yes\nFragmentPath=/usr/lib/systemd/system/docker.service\nDropInPaths=/gone.conf\n',
  );
  const put = (path: string) => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), '[Service]\n');
  };
  put('/usr/lib/systemd/system/docker.service.d/20.conf');
  put('/usr/lib/systemd/system/docker.service.d/30.conf');
  put('/run/systemd/system/docker.service.d/10 a.conf');
  put('/etc/systemd/system/docker.service.d/20.conf');
  put('/etc/systemd/system/docker.service.d/note.txt');
  put('/etc/systemd/system/service.d/05.conf');
  symlinkSync('/dev/null', join(root, 'etc/systemd/system/docker.service.d/30.conf'));
  expect(await showUnit(host, UNIT)).toMatchObject({
    isOutdated: true,
    files: [
      '/usr/lib/systemd/system/docker.service',
      '/etc/systemd/system/service.d/05.conf',
      '/run/systemd/system/docker.service.d/10 a.conf',
      '/etc/systemd/system/docker.service.d/20.conf',
    ],
  });
});

test.each([
  ['docker.service', true],
  ['app.service docker.service', false],
  ['', false],
])('a socket unit that is required by %j: its service alone has it: %s', async (by, owns) => {
  const { host } = answering(
    `Id=docker.service\nLoadState=loaded\n\nId=docker.socket\nLoadState=loaded\nRequiredBy=${by}\n`,
  );
  expect(await showUnit(host, UNIT)).toMatchObject({ ownsSocketUnit: owns });
});

test('a unit is known by the name that was asked for, and not by the one that it is an alias of', async () => {
  const { host } = answering('Id=docker-ce.service\nLoadState=loaded\nActiveState=active\n');
  const shown = await showUnits(host, ['docker.service'], false);
  expect(shown.get('docker.service')?.get('ActiveState')).toBe('active');
});

test.each(['LoadState=not-found', '', 'Failed to connect to bus'])(
  'systemd knows no such unit, or does not answer: %j',
  async (stdout) => {
    expect(await showUnit(answering(stdout).host, UNIT)).toBeNull();
  },
);

test('the files of a unit are put together as systemctl cat does', () => {
  const { host, root } = answering('');
  mkdirSync(join(root, 'u'));
  writeFileSync(join(root, 'u/docker.service'), '[Service]\nExecStart=/usr/bin/dockerd\n');
  writeFileSync(join(root, 'u/a.conf'), '[Service]\nEnvironment=A=b\n');
  const files = ['/u/docker.service', '/u/gone.conf', '/u/a.conf'];
  expect(unitText(host, { files })).toBe(
    '# /u/docker.service\n[Service]\nExecStart=/usr/bin/dockerd\n\n\n# /u/gone.conf\n\n\n# /u/a.conf\n[Service]\nEnvironment=A=b\n',
  );
});
