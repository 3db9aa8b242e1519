import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { isAsMarked, runMark } from '../../../../src/system/dockerd/run-mark.js';
import { temporaryHost } from '../../../support/node-host.js';

const UNIT = {
  kind: 'systemd',
  unit: 'docker.service',
  socketUnit: 'docker.socket',
  user: false,
} as const;
const STATE = {
  masked: false,
  refused: false,
  activeState: 'active',
  subState: 'running',
  mainPid: 7,
  restarts: 0,
  invocation: 'a',
  killMode: 'process',
  busy: false,
  dependents: [],
  files: ['/lib/systemd/system/docker.service'],
  sockets: [],
  isOutdated: false,
  ownsSocketUnit: true,
};

function machine() {
  const { host, root } = temporaryHost();
  for (const folder of ['proc/7', 'lib/systemd/system', 'etc/systemd/system', 'run/systemd'])
    mkdirSync(join(root, folder), { recursive: true });
  const write = (path: string, text: string) => {
    writeFileSync(join(root, path), text);
  };
  write('proc/7/stat', `7 (dockerd) S ${'0 '.repeat(18)}4711 0\n`);
  write('lib/systemd/system/docker.service', '[Service]\n');
  const marked = { manager: UNIT, state: STATE, process: { pid: 7, argv: ['dockerd'] } };
  const files = [...STATE.files, '/etc/default/docker'];
  const mark = (changed: object = {}) => runMark(host, { ...marked, files, ...changed });
  return { host, root, write, mark };
}

test('nothing has changed: the mark is the same', () => {
  const { host, mark } = machine();
  const made = mark();
  expect(made !== null && isAsMarked(host, made)).toBe(true);
});

test.each<[string, (m: ReturnType<typeof machine>) => void]>([
  [
    'another process has its number',
    ({ write }) => {
      write('proc/7/stat', `7 (x) S ${'0 '.repeat(18)}4712 0\n`);
    },
  ],
  [
    'its process is gone',
    ({ root }) => {
      rmSync(join(root, 'proc/7'), { recursive: true });
    },
  ],
  [
    'its unit was edited',
    ({ write }) => {
      write('lib/systemd/system/docker.service', '[Service]\nUser=x\n');
    },
  ],
  [
    'it has an environment file',
    ({ root, write }) => {
      mkdirSync(join(root, 'etc/default'));
      write('etc/default/docker', 'A=b\n');
    },
  ],
  [
    'it has a drop-in',
    ({ root }) => {
      mkdirSync(join(root, 'etc/systemd/system/docker.service.d'));
    },
  ],
  [
    'it is masked',
    ({ write }) => {
      write('etc/systemd/system/docker.service', '');
    },
  ],
  [
    'systemd has read the units again',
    ({ root }) => {
      mkdirSync(join(root, 'run/systemd/generator.late'));
    },
  ],
])('%s: the mark is another', (_, change) => {
  const world = machine();
  const made = world.mark();
  change(world);
  expect(made).not.toBeNull();
  expect(made !== null && isAsMarked(world.host, made)).toBe(false);
});

test.each<[string, object]>([
  ['dockerd does not run', { process: null }],
  ['systemd restarts it', { state: { ...STATE, busy: true } }],
  ['it is being started', { state: { ...STATE, activeState: 'activating' } }],
  ['the unit is of a user', { manager: { ...UNIT, user: true } }],
])('%s: there is no mark', (_, changed) => {
  expect(machine().mark(changed)).toBeNull();
});
