import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { IssueAnswer } from '../../../../src/commands/certs/issue.js';
import type { ListAnswer } from '../../../../src/commands/certs/list.js';
import { machine, PKI, type Machine } from '../../../support/certs.js';

const ISSUE = ['certs', 'issue', '--domain', 'registry.example.com'];
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);
const digest = (text: string) => createHash('sha256').update(text).digest('hex');

async function withAuthority(...options: string[]): Promise<Machine> {
  const box = machine();
  await box.data('certs', 'init', ...options);
  return box;
}

describe('certs init', () => {
  test('makes an authority that only its owner can read, and says that the key is not locked', async () => {
    const box = machine();
    const { stdout } = await box.run('certs', 'init', '--name', 'Example CA');
    expect(stdout).toContain('Created CN=Example CA');
    expect(stdout).toContain('the key is not locked');
    expect(modeOf(box.at(PKI))).toBe('700');
    expect(modeOf(box.at(`${PKI}/ca.key`))).toBe('600');
  });

  test('refuses to replace an authority, and puts it away whole with --force', async () => {
    const box = await withAuthority();
    await box.data(...ISSUE);
    const old = box.text(`${PKI}/ca.key`);
    expect(await box.error('certs', 'init')).toMatchObject({ code: 'exists' });
    await box.data('certs', 'init', '--force');
    const [stamp = ''] = readdirSync(box.at(`${PKI}/replaced`));
    expect(box.text(`${PKI}/replaced/${stamp}/ca.key`)).toBe(old);
    expect(existsSync(box.at(`${PKI}/replaced/${stamp}/certs/registry.example.com.key`))).toBe(
      true,
    );
    expect(box.text(`${PKI}/ca.key`)).not.toBe(old);
  });

  test('names the folder in the command that comes next, where it is another', async () => {
    expect((await machine().run('certs', 'init')).stdout).toContain('certs issue --domain NAME');
    const { stdout } = await machine().run('certs', 'init', '--pki', '/two');
    expect(stdout).toContain('certs issue --pki /two --domain NAME');
  });

  test('takes the root key away from the machine', async () => {
    const box = await withAuthority('--intermediate', '--root-key-out', '/root.key');
    expect(box.text('/root.key')).toContain('BEGIN PRIVATE KEY');
    expect(readdirSync(box.at(PKI))).not.toContain('ca.key');
    const { certificates } = await box.data<IssueAnswer>(...ISSUE);
    expect(certificates).toHaveLength(1);
  });

  test('does not take it away where nothing could then be signed', async () => {
    expect(await machine().error('certs', 'init', '--root-key-out', '/k')).toMatchObject({
      code: 'usage',
    });
  });

  test('locks the key with a passphrase that the next command needs', async () => {
    const box = machine();
    writeFileSync(box.at('/pass'), 'Geheimnis 秘密\n');
    await box.data('certs', 'init', '--passphrase-file', '/pass');
    expect(box.text(`${PKI}/ca.key`)).toContain('BEGIN ENCRYPTED PRIVATE KEY');
    expect(await box.error(...ISSUE)).toMatchObject({ code: 'answer-needed' });
    writeFileSync(box.at('/wrong'), 'guess\n');
    expect(await box.error(...ISSUE, '--passphrase-file', '/wrong')).toMatchObject({
      code: 'invalid-value',
      message: expect.stringContaining('does not open'),
    });
    await box.data(...ISSUE, '--passphrase-file', '/pass');
  });

  test('shows with --dry-run what it would make, and makes nothing', async () => {
    const box = machine();
    expect((await box.run('certs', 'init', '-n')).stdout).toContain('Would create');
    expect(existsSync(box.at(PKI))).toBe(false);
  });
});

describe('certs issue', () => {
  test('puts into the out folder what servers want, the key for its owner alone', async () => {
    const box = await withAuthority('--intermediate');
    await box.data(...ISSUE, '--ip', '192.0.2.10', '--out', '/srv/tls');
    expect(readdirSync(box.at('/srv/tls'))).toEqual([
      'ca.crt',
      'registry.example.com.crt',
      'registry.example.com.fullchain.crt',
      'registry.example.com.key',
    ]);
    expect(modeOf(box.at('/srv/tls/registry.example.com.key'))).toBe('600');
    const chain = box.text('/srv/tls/registry.example.com.fullchain.crt').match(/BEGIN CERT/gu);
    expect(chain).toHaveLength(2);
  });

  test.each([
    [['--domain', 'a.test', '--domain', 'b.test']],
    [['--domain', 'a.test', 'b.test']],
    [['--domain', 'a.test,b.test']],
  ])('takes several names however they are given: %j', async (domains) => {
    const box = await withAuthority();
    const { certificates } = await box.data<IssueAnswer>('certs', 'issue', ...domains);
    expect(certificates[0]).toMatchObject({ name: 'a.test', names: ['dns:a.test', 'dns:b.test'] });
  });

  test('gives a client its pair under the name that dockerd looks for', async () => {
    const box = await withAuthority();
    await box.data('certs', 'issue', '--profile', 'client', '--name', 'ci', '--out', '/c');
    expect(readdirSync(box.at('/c'))).toContain('ci.cert');
    const { subject } = new X509Certificate(box.text('/c/ci.crt'));
    expect(subject).toBe('CN=ci');
  });

  test('makes the authority on the way, once, however many ask for it', async () => {
    const box = machine();
    const issue = (name: string) => box.data('certs', 'issue', '--init', '--domain', name);
    await Promise.all(['a.test', 'b.test', 'c.test', 'd.test'].map(issue));
    expect(existsSync(box.at(`${PKI}/replaced`))).toBe(false);
    const { publicKey } = new X509Certificate(box.text(`${PKI}/ca.crt`));
    for (const name of ['a', 'b', 'c', 'd']) {
      const pem = box.text(`${PKI}/certs/${name}.test.crt`);
      expect(new X509Certificate(pem).verify(publicKey)).toBe(true);
    }
    expect((await box.data<ListAnswer>('certs', 'list')).certificates).toHaveLength(4);
  });

  test('says with --dry-run what it would make, the authority too, and makes nothing', async () => {
    const box = machine();
    const { stdout } = await box.run(...ISSUE, '--init', '--dry-run');
    expect(stdout).toContain('Would issue');
    expect(existsSync(box.at(PKI))).toBe(false);
  });

  test('a store that cannot be written is an error that names it, not a bug', async () => {
    const box = await withAuthority();
    writeFileSync(box.at(`${PKI}/certs`), 'no folder');
    expect(await box.error(...ISSUE)).toMatchObject({
      code: expect.stringMatching(/^file-/u),
      message: expect.stringContaining(PKI),
    });
  });

  test('never writes over a key unasked, and keeps the old one with --force', async () => {
    const box = await withAuthority();
    await box.data(...ISSUE);
    const old = box.text(`${PKI}/certs/registry.example.com.key`);
    expect(await box.error(...ISSUE)).toMatchObject({ code: 'exists' });
    await box.data(...ISSUE, '--force');
    const kept = readdirSync(box.at(`${PKI}/old`)).filter((name) => name.endsWith('.key'));
    expect(kept.map((name) => box.text(`${PKI}/old/${name}`))).toEqual([old]);
  });

  test('never writes over a foreign key in the out folder unasked', async () => {
    const box = await withAuthority();
    await box.data(...ISSUE, '--out', '/o');
    writeFileSync(box.at('/o/other.key'), 'precious');
    const issue = ['certs', 'issue', '--domain', 'other.example.com', '--name', 'other'];
    expect(await box.error(...issue, '--out', '/o')).toMatchObject({ code: 'exists' });
    expect(box.text('/o/other.key')).toBe('precious');
    // Nothing was stored either: the same command runs once the folder is another.
    await box.data(...issue, '--out', '/o2');
  });

  test('says that it is in the store when it cannot be put into the out folder, and what then helps', async () => {
    const box = await withAuthority();
    writeFileSync(box.at('/o'), 'no folder');
    expect(await box.error(...ISSUE, '--out', '/o/tls')).toMatchObject({
      code: 'file-not-writable',
      message: expect.stringMatching(/^registry\.example\.com is issued and in the store, but/u),
      hint: expect.stringContaining('certs deploy registry.example.com --to /o/tls'),
    });
    unlinkSync(box.at('/o'));
    await box.data('certs', 'deploy', 'registry.example.com', '--to', '/o/tls');
  });

  test('makes no authority on the way when a foreign key is in the out folder', async () => {
    const box = machine();
    mkdirSync(box.at('/o'));
    writeFileSync(box.at('/o/registry.example.com.key'), 'precious');
    expect(await box.error(...ISSUE, '--init', '--out', '/o')).toMatchObject({ code: 'exists' });
    expect(existsSync(box.at(PKI))).toBe(false);
  });

  test('makes the authority on the way with --init, and says how without', async () => {
    const box = machine();
    expect(await box.error(...ISSUE)).toMatchObject({
      code: 'not-found',
      hint: expect.stringContaining('certs init'),
    });
    const { notes } = await box.data<IssueAnswer>(...ISSUE, '--init');
    expect(notes).toContainEqual(expect.stringContaining('made the authority'));
  });

  test.each([
    [[], 'usage'],
    [['--domain', ''], 'usage'],
    [['--domain', 'https://registry.example.com'], 'invalid-value'],
    [['--domain', 'a_b.example'], 'invalid-value'],
    [['--domain', '../../etc'], 'invalid-value'],
    [['--domain', 'a.test', '--days', '0'], 'invalid-value'],
    [['--domain', 'a.test', '--days', '4000'], 'invalid-value'],
    [['--domain', 'a.test', '--profile', 'nope'], 'not-found'],
    [['--domain', 'a.test', '--profile', '../ca'], 'not-found'],
    [['--domain', 'a.test', '--subject', 'nonsense'], 'invalid-value'],
    [['--domain', 'a.test', '--subject', 'C=Germany'], 'invalid-value'],
    [['--domain', 'a.test', '--passphrase-file', '/p', '--passphrase-fd', '3'], 'usage'],
    [['--domain', 'a.test', '--profile', 'ca'], 'not-found'],
    [['--domain', 'a.test', '--name', '../../x'], 'invalid-value'],
    [['--domain', 'a.test', '--name', ''], 'invalid-value'],
    [['--domain', 'a.test', '--name', '.'], 'invalid-value'],
    [['--domain', 'a.test', '--passphrase-fd', '99'], 'file-unreadable'],
    [['--batch', '/nowhere'], 'file-not-found'],
    [['--batch', '/pass', '--domain', 'a.test'], 'usage'],
    [['--batch', '/pass', '--name', 'a'], 'usage'],
  ])(
    '%j is refused: %s',
    async (options, code) => {
      const box = machine();
      writeFileSync(box.at('/pass'), 'secret\n');
      await box.data('certs', 'init', '--passphrase-file', '/pass');
      const passphrase = options.includes('--passphrase-fd') ? [] : ['--passphrase-file', '/pass'];
      expect(await box.error('certs', 'issue', ...options, ...passphrase)).toMatchObject({ code });
      expect(existsSync(box.at(`${PKI}/certs`))).toBe(false);
    },
    20_000,
  );

  test('the longest name there can be is issued, put into a folder, renewed and found', async () => {
    const box = machine();
    const domain = `${'abcd.'.repeat(49)}abcdefgh`;
    const init = ['certs', 'issue', '--init', '--domain', domain, '--out', '/o'];
    const [issued] = (await box.data<IssueAnswer>(...init)).certificates;
    const name = issued?.name ?? '';
    expect(issued?.names).toEqual([`dns:${domain}`]);
    await box.data('certs', 'renew', name);
    const all = await box.data<ListAnswer>('certs', 'list', '--all');
    expect(all.certificates.map((one) => one.name)).toEqual([name, name]);
  });

  test('takes a profile of the machine over the built-in one', async () => {
    const box = await withAuthority();
    const profile = `{ description: 'ours', keyType: 'ecdsa-p384', days: 30, usages: ['server', 'client'] }`;
    mkdirSync(box.at('/etc/dockerctl/certs'), { recursive: true });
    writeFileSync(box.at('/etc/dockerctl/certs/registry.json5'), profile);
    const { certificates } = await box.data<IssueAnswer>(...ISSUE);
    expect(certificates[0]?.keyType).toBe('ecdsa-p384');
    writeFileSync(box.at('/etc/dockerctl/certs/registry.json5'), profile.replace('30', '"30"'));
    expect(await box.error('certs', 'issue', '--domain', 'b.test')).toMatchObject({
      code: 'invalid-value',
      message: expect.stringContaining('"days" must be a whole number'),
    });
  });

  test('issues a whole file of names, and none when one line is wrong', async () => {
    const box = await withAuthority();
    writeFileSync(box.at('/names'), '# ours\na.test b.test, 192.0.2.1\n\nc.test # no d.test\n');
    const { certificates } = await box.data<IssueAnswer>('certs', 'issue', '--batch', '/names');
    expect(certificates.map(({ names }) => names)).toEqual([
      ['dns:a.test', 'dns:b.test', 'ip:192.0.2.1'],
      ['dns:c.test'],
    ]);
    writeFileSync(box.at('/names'), 'x.test\ny_z.test\n');
    const error = await box.error('certs', 'issue', '--batch', '/names');
    expect(error.message).toContain('/names:2: ');
    writeFileSync(box.at('/names'), 'x.test\n\nx.test y.test\n');
    expect(await box.error('certs', 'issue', '--batch', '/names')).toMatchObject({
      code: 'invalid-value',
      message: expect.stringContaining('/names:3: its files would be called x.test, like those of'),
    });
    expect((await box.data<ListAnswer>('certs', 'list')).certificates).toHaveLength(2);
  });
});

test('a hundred at once are all there, keys with their certificates', async () => {
  const box = await withAuthority();
  writeFileSync(box.at('/names'), Array.from({ length: 100 }, (_, i) => `n${i}.test`).join('\n'));
  await box.data('certs', 'issue', '--batch', '/names');
  const files = readdirSync(box.at(`${PKI}/certs`));
  expect(files).toHaveLength(200);
  expect(files.filter((name) => !/^n\d+\.test\.(?:crt|key)$/u.test(name))).toEqual([]);
  const pair = new X509Certificate(box.text(`${PKI}/certs/n42.test.crt`));
  expect(pair.checkPrivateKey(createPrivateKey(box.text(`${PKI}/certs/n42.test.key`)))).toBe(true);
});

describe('the store', () => {
  test.each([
    ['damaged', '{"half":'],
    ['emptied', ''],
    ['of another shape', '[{"name":"x"}]'],
  ])('makes its index anew when it is %s', async (_, text) => {
    const box = await withAuthority();
    await box.data(...ISSUE);
    await box.data(...ISSUE, '--force');
    const before = await box.data<ListAnswer>('certs', 'list', '--all');
    writeFileSync(box.at(`${PKI}/index.json`), text);
    const { certificates, notes } = await box.data<ListAnswer>('certs', 'list', '--all');
    expect(new Set(certificates.map(({ serial }) => serial))).toEqual(
      new Set(before.certificates.map(({ serial }) => serial)),
    );
    expect(notes).toEqual([expect.stringContaining('was damaged')]);
  });

  test('finds certificates that a dead process did not enter into the index', async () => {
    const box = await withAuthority();
    await box.data(...ISSUE);
    unlinkSync(box.at(`${PKI}/index.json`));
    expect((await box.data<ListAnswer>('certs', 'list')).certificates).toHaveLength(1);
  });

  test.each([
    ['before the key was exchanged', [] as string[]],
    ['between key and certificate', ['key']],
  ])('finishes a replacement that died %s', async (_, done) => {
    const box = await withAuthority();
    await box.data(...ISSUE);
    const [first, second] = [await snapshot(box), await (await reissue(box), snapshot(box))];
    restoreHalfDone(box, { first, second, done });
    await box.data('certs', 'issue', '--domain', 'other.example.com');
    const now = await snapshot(box);
    expect([digest(now.crt), digest(now.key)]).toEqual([digest(second.crt), digest(second.key)]);
  });

  test('drops a key that died before its certificate was there', async () => {
    const box = await withAuthority();
    await box.data(...ISSUE);
    const before = await snapshot(box);
    writeFileSync(box.at(`${PKI}/certs/registry.example.com.key.new`), 'half');
    await box.data('certs', 'issue', '--domain', 'other.example.com');
    expect(await snapshot(box)).toEqual(before);
    expect(readdirSync(box.at(`${PKI}/certs`)).filter((name) => name.endsWith('.new'))).toEqual([]);
  });
});

const NAME = `${PKI}/certs/registry.example.com`;

interface Pair {
  readonly crt: string;
  readonly key: string;
}

const snapshot = (box: Machine): Promise<Pair> =>
  Promise.resolve({ crt: box.text(`${NAME}.crt`), key: box.text(`${NAME}.key`) });

const reissue = (box: Machine) => box.data(...ISSUE, '--force');

/** The folder as it was when a process that replaced `first` by `second` died. */
function restoreHalfDone(
  box: Machine,
  { first, second, done }: { first: Pair; second: Pair; done: string[] },
): void {
  writeFileSync(box.at(`${NAME}.crt`), first.crt);
  writeFileSync(box.at(`${NAME}.crt.new`), second.crt);
  writeFileSync(box.at(`${NAME}.key`), second.key);
  if (done.includes('key')) return;
  renameSync(box.at(`${NAME}.key`), box.at(`${NAME}.key.new`));
  writeFileSync(box.at(`${NAME}.key`), first.key);
}
