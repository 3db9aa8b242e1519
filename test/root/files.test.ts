import { execFileSync } from 'node:child_process';
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { FileChange } from '../../src/core/plan/plan.js';
import type { DockerctlError } from '../../src/errors.js';
import { applyPlan } from '../../src/system/transaction/apply.js';
import { readImage } from '../../src/system/files/image.js';
import { recover } from '../../src/system/transaction/recover.js';
import { faultyHost, killedAt } from '../support/faulty-host.js';
import { afterwards, temporaryHost } from '../support/node-host.js';
import { image, OPTIONS, planOf } from '../support/plans.js';

const FOLDER = '/etc/docker';
const PATH = '/etc/docker/daemon.json';
const CA = '/etc/pki/ca.crt';

function run(program: string, ...args: string[]): string {
  return execFileSync(program, args, { encoding: 'utf8' });
}

function mount(...args: [string, ...string[]]): void {
  run('mount', ...args);
  afterwards(() => run('umount', args.at(-1) ?? ''));
}

function makeImmutable(path: string, flag: '+i' | '+a'): void {
  run('chattr', flag, path);
  afterwards(() => run('chattr', flag.replace('+', '-'), path));
}

function machine() {
  const { host, root } = temporaryHost();
  mkdirSync(join(root, FOLDER), { recursive: true });
  const at = (path: string) => join(root, path);
  const write = (text: string) => {
    writeFileSync(at(PATH), text);
  };
  const change = (text: string): FileChange => ({
    path: PATH,
    before: readImage(host, PATH),
    after: image(text),
  });
  /** Creates one file first, so that there is something to take back. */
  const apply = (last: FileChange) =>
    applyPlan(host, planOf([{ path: CA, before: null, after: image('CA') }, last]), OPTIONS);
  return { host, at, write, change, apply };
}

type Machine = ReturnType<typeof machine>;

interface Obstacle {
  readonly name: string;
  readonly put: (machine: Machine) => void;
  readonly why: RegExp;
}

const OBSTACLES: readonly Obstacle[] = [
  {
    name: 'a read-only file system',
    put: ({ at }) => {
      mount('--bind', at(FOLDER), at(FOLDER));
      run('mount', '-o', 'remount,bind,ro', at(FOLDER));
    },
    why: /mounted read-only/,
  },
  {
    name: 'an immutable file',
    put: ({ at }) => {
      makeImmutable(at(PATH), '+i');
    },
    why: /immutable/,
  },
  {
    name: 'a file that can only be appended to',
    put: ({ at }) => {
      makeImmutable(at(PATH), '+a');
    },
    why: /immutable/,
  },
  {
    name: 'an immutable folder',
    put: ({ at }) => {
      makeImmutable(at(FOLDER), '+i');
    },
    why: /immutable/,
  },
];

describe.each(OBSTACLES)('$name', ({ put, why }) => {
  test('is named as the cause, and nothing is changed', async () => {
    const here = machine();
    here.write('{"old":1}');
    put(here);
    const error: unknown = await here.apply(here.change('{"new":1}')).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'file-not-writable' });
    expect((error as DockerctlError).message).toMatch(why);
    expect((error as DockerctlError).hint).toContain(PATH);
    expect(readFileSync(here.at(PATH), 'utf8')).toBe('{"old":1}');
    expect(readdirSync(here.at(FOLDER))).toEqual(['daemon.json']);
    expect(existsSync(here.at('/etc/pki'))).toBe(false);
    expect(existsSync(here.at('/var/lib/dockerctl/journal.json'))).toBe(false);
  });
});

test.each(OBSTACLES.filter(({ name }) => /system|folder/.test(name)))(
  '$name in the way of new folders leaves no unfinished change behind',
  async ({ put, why }) => {
    const here = machine();
    here.write('{"old":1}');
    put(here);
    const path = `${FOLDER}/certs.d/reg.test/ca.crt`;
    const error: unknown = await here
      .apply({ path, before: null, after: image('CA') })
      .catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'file-not-writable', message: expect.stringMatching(why) });
    expect(readdirSync(here.at(FOLDER))).toEqual(['daemon.json']);
    expect(existsSync(here.at('/etc/pki'))).toBe(false);
    expect(existsSync(here.at('/var/lib/dockerctl/journal.json'))).toBe(false);
    await expect(here.apply(here.change('{"new":1}'))).rejects.toThrow(why);
  },
);

test('a full disk loses nothing of the old file and leaves nothing of the new one', async () => {
  const here = machine();
  mount('-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', here.at(FOLDER));
  const old = `{"old":"${'o'.repeat(5000)}"}`;
  here.write(old);
  const plan = here.change(`{"new":"${'n'.repeat(12000)}"}`);
  await expect(here.apply(plan)).rejects.toMatchObject({
    code: 'file-not-writable',
    message: expect.stringContaining('no space is left') as unknown,
  });
  expect(readFileSync(here.at(PATH), 'utf8')).toBe(old);
  expect(readdirSync(here.at(FOLDER))).toEqual(['daemon.json']);
});

describe('a bind-mounted file', () => {
  function bound(): Machine {
    const here = machine();
    writeFileSync(here.at('/etc/outside.json'), '{"old":"and longer than the new one"}');
    here.write('');
    mount('--bind', here.at('/etc/outside.json'), here.at(PATH));
    return here;
  }

  test('is written in place and cut to length', async () => {
    const here = bound();
    const { ino } = statSync(here.at(PATH));
    await here.apply(here.change('{"new":1}'));
    expect(readFileSync(here.at('/etc/outside.json'), 'utf8')).toBe('{"new":1}');
    expect(statSync(here.at(PATH)).ino).toBe(ino);
    expect(readdirSync(here.at(FOLDER))).toEqual(['daemon.json']);
  });

  test('killed at any call while it is overwritten, is fixed', async () => {
    const here = bound();
    const old = readFileSync(here.at(PATH), 'utf8');
    const change = here.change('{"new":1}');
    const settle = () => recover(here.host, { daemon: null, timeoutMs: 1000, force: false });
    for (let at = 0, alive = true; alive; at += 1) {
      // A crash in the middle of the write: the first bytes are there.
      const dying = faultyHost(here.host, (call) => {
        const killed = killedAt(at)(call);
        if (killed && call.index === at && call.name === 'overwrite' && call.path === PATH)
          truncateSync(here.at(PATH), 3);
        return killed;
      });
      const answer: unknown = await applyPlan(dying.host, planOf([change]), OPTIONS).catch(
        (error: unknown) => error,
      );
      alive = dying.calls() > at;
      await settle();
      const text = readFileSync(here.at(PATH), 'utf8');
      expect({ at, text }).toEqual({ at, text: expect.stringMatching(/^\{"(old|new)":.*\}$/) });
      if ((answer as { status?: string }).status === 'applied') expect(text).toBe('{"new":1}');
      writeFileSync(here.at(PATH), old);
      expect(await settle()).toMatchObject({ did: 'nothing' });
    }
  });

  test('cannot be deleted, and what was done before is taken back', async () => {
    const here = bound();
    await expect(
      here.apply({ path: PATH, before: readImage(here.host, PATH), after: null }),
    ).rejects.toMatchObject({ message: expect.stringContaining('mount point') as unknown });
    expect(existsSync(here.at(CA))).toBe(false);
    expect(readFileSync(here.at(PATH), 'utf8')).toContain('old');
  });
});

test('owner, mode and extended attributes of a replaced file are kept', async () => {
  const here = machine();
  here.write('{}');
  run('chown', '1:2', here.at(PATH));
  run('chmod', '640', here.at(PATH));
  run('setcap', 'cap_net_raw+ep', here.at(PATH));
  label(here.at(PATH));
  const before = readImage(here.host, PATH)!;
  await here.apply({ path: PATH, before, after: { ...before, content: { text: '{"a":1}' } } });
  expect(statSync(here.at(PATH))).toMatchObject({ uid: 1, gid: 2, mode: 0o100640 });
  expect(run('getcap', here.at(PATH))).toContain('cap_net_raw=ep');
  expect(labelOf(here.at(PATH))).toBe(LABEL);
});

const LABEL = 'system_u:object_r:container_config_t:s0';

/** The kernel stores an SELinux label without a policy too; Debian has no tool for it, and Perl the two system calls. */
function label(path: string): void {
  perl('syscall(188, $path, $name, $label, length $label, 0)', path, LABEL);
}

function labelOf(path: string): string {
  const read =
    'my $size = syscall(191, $path, $name, $label, length $label); print substr($label, 0, $size)';
  return perl(read, path, ' '.repeat(200));
}

function perl(program: string, ...args: string[]): string {
  return run(
    'perl',
    '-e',
    `my ($path, $label) = @ARGV; my $name = "security.selinux"; ${program}`,
    ...args,
  );
}

test.each([0o600, 0o640, 0o644])(
  'a file is created with the mode of the plan: %o',
  async (mode) => {
    const here = machine();
    await here.apply({ path: PATH, before: null, after: image('{}', mode) });
    expect(statSync(here.at(PATH)).mode & 0o7777).toBe(mode);
  },
);

test('the other name of a hard-linked file keeps the old content', async () => {
  const here = machine();
  here.write('{}');
  linkSync(here.at(PATH), here.at('/etc/docker/other.json'));
  await here.apply(here.change('{"a":1}'));
  expect(readFileSync(here.at('/etc/docker/other.json'), 'utf8')).toBe('{}');
});

test('attributes are copied: mode, owner and extended attributes', () => {
  const { host, root } = temporaryHost();
  host.fs.create('/from', Buffer.from('old'), { mode: 0o640, uid: 1, gid: 2 });
  run('setfattr', '--name=user.kept', '--value=yes', join(root, 'from'));
  host.fs.create('/to', Buffer.from('new'));
  host.fs.copyAttributes('/from', '/to');
  expect(host.fs.stat('/to')).toMatchObject({ mode: 0o640, uid: 1, gid: 2 });
  expect(readFileSync(join(root, 'to'), 'utf8')).toBe('new');
  expect(run('getfattr', '--only-values', '--name=user.kept', join(root, 'to'))).toBe('yes');
});
