import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { realHost, temporaryFolder } from '../support/node-host.js';
import { CA, CLIENT, issue, type Issued } from '../support/openssl.js';
import { dockerctl } from '../support/program.js';

const STATE = 'var/lib/dockerctl';
let authority: Issued, client: Issued;

beforeAll(() => {
  const folder = temporaryFolder();
  authority = issue(folder, { cn: 'Root', extensions: CA });
  client = issue(folder, { cn: 'client', extensions: CLIENT, by: authority });
});

/** A folder with the files an operator would name, and the root of a machine. */
function machine(): { root: string; given: (name: string) => string } {
  const folder = temporaryFolder();
  const root = join(folder, 'root');
  mkdirSync(join(root, 'etc/docker'), { recursive: true });
  writeFileSync(join(folder, 'ca.crt'), authority.cert);
  writeFileSync(join(folder, 'client.crt'), client.cert);
  writeFileSync(join(folder, 'client.key'), client.key);
  return { root, given: (name) => join(folder, name) };
}

const below = (folder: string): string[] =>
  (readdirSync(folder, { recursive: true }) as string[]).map((name) => join(folder, name)).sort();

/** A registry with a client certificate, none of it proved. */
const addWithKey = (given: (name: string) => string) => [
  ...['trust', 'add-registry', 'a.example.com', '--no-verify', '--ca', given('ca.crt')],
  ...['--client-cert', given('client.crt'), '--client-key', given('client.key')],
];

describe('a name that would lead out of its folder', () => {
  test.each([
    ['trust', 'add-registry', '../../../tmp/x', '--ca', 'ca.crt'],
    ['trust', 'add-registry', 'a/../../x', '--ca', 'ca.crt'],
    ['trust', 'add-registry', '..', '--ca', 'ca.crt'],
    ['trust', 'remove-registry', '../certs.d'],
    ['trust', 'add-ca', 'ca.crt', '--name', '../../x'],
    ['trust', 'remove-ca', '../../x'],
    ['certs', 'issue', '--init', '--domain', 'a.example.com', '--profile', '../../../etc/shadow'],
    ['certs', 'issue', '--init', '--domain', 'a.example.com', '--name', '../../x'],
    ['certs', 'renew', '../x'],
    ['certs', 'revoke', '../../x'],
    ['certs', 'export', '../x', '--format', 'pem', '--out', '/out'],
    ['runtime', 'add', '../x', '--path', '/bin/true'],
  ])('is refused and leaves nothing: %s %s %s', async (...argv) => {
    const { root, given } = machine();
    const words = argv.map((word) => (word === 'ca.crt' ? given(word) : word));
    const { status, stderr } = await dockerctl(...words, '--root', root);
    expect([2, 3]).toContain(status);
    expect(stderr).toMatch(/^Try: /m);
    const made = below(root).filter(
      (path) => !path.startsWith(join(root, STATE)) && !path.startsWith(join(root, 'run')),
    );
    expect(made.filter((path) => lstatSync(path).isFile())).toEqual([]);
  });
});

describe('files', () => {
  test('are as closed as they must be, whatever the umask of the caller', () => {
    const { root, given } = machine();
    const run = (...argv: string[]): void => {
      const words = [
        '-c',
        'umask 000; exec "$@"',
        'sh',
        process.execPath,
        resolve('dist/dockerctl.cjs'),
      ];
      const { status, stderr } = spawnSync('sh', [...words, ...argv, '--root', root], {
        encoding: 'utf8',
      });
      expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    };
    run('config', 'set', 'debug', 'true');
    run(...addWithKey(given));
    run('certs', 'issue', '--init', '--domain', 'a.example.com');
    const open = below(root).filter((path) => {
      const { mode } = lstatSync(path);
      const ours =
        path.startsWith(join(root, STATE)) ||
        path.startsWith(join(root, 'run')) ||
        path.endsWith('.key');
      return (mode & (ours ? 0o077 : 0o022)) !== 0;
    });
    expect(open).toEqual([]);
  });

  test('are not written through a link into a folder where everybody may write', async () => {
    const { root, given } = machine();
    const trap = join(root, 'tmp/trap');
    mkdirSync(trap, { recursive: true });
    chmodSync(trap, 0o777);
    mkdirSync(join(root, 'etc/docker/certs.d'));
    symlinkSync('/tmp/trap', join(root, 'etc/docker/certs.d/a.example.com'));
    symlinkSync('/tmp/trap/daemon.json', join(root, 'etc/docker/daemon.json'));
    writeFileSync(join(trap, 'daemon.json'), '{}');
    const added = await dockerctl(
      'trust',
      'add-registry',
      'a.example.com',
      '--no-verify',
      '--ca',
      given('ca.crt'),
      '--root',
      root,
    );
    expect(added).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('every user may write'),
    });
    const set = await dockerctl('config', 'set', 'debug', 'true', '--root', root);
    expect(set).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('every user may write'),
    });
    expect(readdirSync(trap)).toEqual(['daemon.json']);
    expect(readFileSync(join(trap, 'daemon.json'), 'utf8')).toBe('{}');
  });

  test('that wait under the name of our helper are not followed', async () => {
    const { root } = machine();
    writeFileSync(join(root, 'etc/docker/daemon.json'), '{}');
    writeFileSync(join(root, 'victim'), 'untouched');
    for (const end of ['new', 'old', 'now'])
      symlinkSync('/victim', join(root, `etc/docker/.daemon.json.dockerctl-1.${end}`));
    const { status } = await dockerctl('config', 'set', 'debug', 'true', '--root', root);
    expect(readFileSync(join(root, 'victim'), 'utf8')).toBe('untouched');
    if (status === 0)
      expect(readFileSync(join(root, 'etc/docker/daemon.json'), 'utf8')).toContain('debug');
  });
});

describe('a private key', () => {
  test('stands in its own file, in its copy for the way back, and nowhere else', async () => {
    const { root, given } = machine();
    const add = [...addWithKey(given), '--root', root];
    const said = [
      await dockerctl(...add, '--dry-run', '--json'),
      await dockerctl(...add, '--verbose'),
      await dockerctl(
        'trust',
        'remove-registry',
        'a.example.com',
        '--root',
        root,
        '--verbose',
        '--json',
      ),
      await dockerctl('config', 'history', '--root', root, '--json'),
      await dockerctl('config', 'history', '1', '--root', root, '--json'),
    ];
    expect(said.map(({ status }) => status)).toEqual([0, 0, 0, 0, 0]);
    const [body = ''] = /[A-Za-z0-9+/]{40,}/.exec(client.key) ?? [];
    expect(said.filter(({ stdout, stderr }) => (stdout + stderr).includes(body))).toEqual([]);
    const holders = below(root).filter(
      (path) => lstatSync(path).isFile() && readFileSync(path, 'latin1').includes(body),
    );
    expect(holders.filter((path) => !/generations\/\d+\/before\/\d+$/.test(path))).toEqual([]);
    expect(holders.filter((path) => (lstatSync(path).mode & 0o077) !== 0)).toEqual([]);
  });
});

describe('a password in a URL', () => {
  const SECRET = 's3cr3tpw';
  const PROXY = `http://me:${SECRET}@p.test:3128`;
  const set = (root: string) =>
    dockerctl('config', 'set', 'proxies.http-proxy', PROXY, '--root', root);

  test('stands in daemon.json and is shown to who asks for the value, and by nothing else', async () => {
    const { root } = machine();
    const said = [
      await dockerctl('config', 'set', 'proxies.http-proxy', PROXY, '--root', root, '--dry-run'),
      await set(root),
      await dockerctl('config', 'set', 'debug', 'true', '--root', root, '--dry-run'),
      await dockerctl('config', 'set', 'debug', 'true', '--root', root, '--json'),
      await dockerctl('config', 'history', '--root', root),
      await dockerctl('config', 'history', '1', '--root', root),
      await dockerctl('config', 'history', '1', '--root', root, '--json'),
      await dockerctl('config', 'rollback', '--dry-run', '--root', root),
      await dockerctl('status', '--root', root, '--json'),
      await dockerctl('status', '--root', root),
    ];
    expect(said.filter(({ stdout, stderr }) => (stdout + stderr).includes(SECRET))).toEqual([]);
    expect(said[1]?.stdout).toContain(`Undo: dockerctl --root ${root} config rollback 1`);
    expect(said[4]?.stdout).toContain("config set proxies.http-proxy 'http://…@p.test:3128'");
    const get = await dockerctl('config', 'get', 'proxies.http-proxy', '--root', root);
    expect(get.stdout).toBe(`${PROXY}\n`);
    expect((await dockerctl('config', 'show', '--root', root)).stdout).toContain(PROXY);
  });

  test('is in no title or command line of the history, and its copies are for root alone', async () => {
    const { root } = machine();
    await set(root);
    const holders = below(root).filter(
      (path) => lstatSync(path).isFile() && readFileSync(path, 'utf8').includes(SECRET),
    );
    const ours = holders.filter((path) => path.startsWith(join(root, STATE)));
    expect(ours.filter((path) => path.endsWith('manifest.json'))).toEqual([]);
    expect(ours.filter((path) => (lstatSync(path).mode & 0o077) !== 0)).toEqual([]);
    const plan = readFileSync(join(root, STATE, 'generations/000001/plan.json'), 'utf8');
    expect(plan).toContain('"title":"config set proxies.http-proxy http://…@p.test:3128"');
  });

  test.each([['text'], ['json'], ['github'], ['sarif']])(
    'is in no finding, as %s',
    async (format) => {
      const { root, given } = machine();
      writeFileSync(
        given('bad.json'),
        JSON.stringify({
          'insecure-registries': [`http://u:${SECRET}@h:50`, `u:${SECRET}@${'h'.repeat(90)}`],
          'registry-mirrors': [`https://u:${SECRET}@m:x/`],
          dns: [`http://u:${SECRET}@h`],
          hosts: [`tcp://u:${SECRET}@h:50`],
        }),
      );
      const argv = format === 'json' ? ['--json'] : ['--format', format];
      const said = await dockerctl('config', 'validate', given('bad.json'), ...argv);
      expect(said.status).toBe(1);
      expect(said.stdout).toContain('…@h:50');
      expect(said.stdout + said.stderr).not.toContain(SECRET);
      const refused = ['config', 'set', 'insecure-registries', `http://u:${SECRET}@h:50`];
      const { status, stderr } = await dockerctl(...refused, '--root', root);
      expect(status).toBe(3);
      expect(stderr).not.toContain(SECRET);
    },
  );
});

describe('a terminal', () => {
  const DRIVES = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

  test('is not driven by what others wrote', async () => {
    const { root, given } = machine();
    const evil = '\u001b]0;owned\u0007\u001b[2J\u202e\u009b31m';
    writeFileSync(
      join(root, 'etc/docker/daemon.json'),
      JSON.stringify({ [evil]: evil, 'registry-mirrors': [`https://${evil}`] }),
    );
    writeFileSync(
      given('evil.crt'),
      issue(temporaryFolder(), { cn: 'Evil \u001b[2J', extensions: CA }).cert,
    );
    const said = [
      await dockerctl('config', 'show', '--root', root),
      await dockerctl('config', 'get', evil, '--root', root),
      await dockerctl('config', 'show', '--effective', '--root', root),
      await dockerctl('config', 'validate', '--root', root),
      await dockerctl('config', 'set', evil, evil, '--root', root),
      await dockerctl('mirrors', 'list', '--root', root),
      await dockerctl('doctor', '--root', root),
      await dockerctl(evil),
      await dockerctl('status', `--${evil}`),
      await dockerctl('certs', 'verify', given('evil.crt'), '--root', root),
      await dockerctl('trust', 'add-ca', given('evil.crt'), '--root', root),
    ];
    expect(said.filter(({ stdout, stderr }) => DRIVES.test(stdout + stderr))).toEqual([]);
    expect(said.map(({ status }) => status)).not.toContain(70);
  });
});

test('what we start gets a fixed environment, not that of our caller', async () => {
  const hijack = {
    NODE_OPTIONS: '--require /tmp/x.cjs',
    LD_LIBRARY_PATH: '/tmp',
    https_proxy: 'http://x',
  };
  Object.assign(process.env, hijack, { PATH: `/tmp:${process.env.PATH ?? ''}` });
  const { stdout } = await realHost(null).exec.run(['env']);
  for (const name of Object.keys(hijack)) Reflect.deleteProperty(process.env, name);
  process.env.PATH = (process.env.PATH ?? '').replace(/^\/tmp:/, '');
  const names = stdout.split('\n').flatMap((line) => (line === '' ? [] : [line.split('=')[0]]));
  const allowed = ['PATH', 'LC_ALL', 'HOME', 'XDG_RUNTIME_DIR', 'DBUS_SESSION_BUS_ADDRESS'];
  expect(names.filter((name) => !allowed.includes(name ?? ''))).toEqual([]);
  expect(stdout.replace(/^HOME=.*$/m, '')).not.toContain('/tmp');
});
