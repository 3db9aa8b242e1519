import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { CheckAnswer } from '../../../../src/commands/certs/check.js';
import type { SignAnswer } from '../../../../src/commands/certs/sign.js';
import type { VerifyAnswer } from '../../../../src/commands/certs/verify.js';
import { machine, PKI, type Machine } from '../../../support/certs.js';
import { CA, issue } from '../../../support/openssl.js';

const request = (box: Machine, key: string, subject: string): void => {
  const argv = ['req', '-new', '-key', box.at(key), '-subj', subject, '-out', box.at('/csr')];
  execFileSync('openssl', argv, { stdio: 'ignore' });
};

const newKey = (box: Machine): void => {
  const curve = ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'];
  execFileSync('openssl', ['genpkey', ...curve, '-out', box.at('/k')], { stdio: 'ignore' });
};

describe('an authority half made', () => {
  const halfMade = async (): Promise<Machine> => {
    const box = machine();
    await box.data('certs', 'init');
    renameSync(box.at(`${PKI}/ca.crt`), box.at(`${PKI}/ca.crt.new`));
    return box;
  };

  test('is told as that, with what makes a whole one', async () => {
    const box = await halfMade();
    expect(await box.error('certs', 'list')).toMatchObject({
      message: expect.stringContaining('certs init was killed'),
      hint: expect.stringMatching(/^`dockerctl .*certs init --force`/),
    });
    await box.data('certs', 'init', '--force');
    expect((await box.data<CheckAnswer>('certs', 'check')).findings).toEqual([]);
  });
});

describe('certs init and import', () => {
  test('refuse with --dry-run what they would refuse without', async () => {
    const box = machine();
    await box.data('certs', 'init');
    const { cert, key } = issue(box.root, { cn: 'Theirs', extensions: CA });
    writeFileSync(box.at('/their.crt'), cert);
    writeFileSync(box.at('/their.key'), key);
    const imported = ['certs', 'import', '--cert', '/their.crt', '--key', '/their.key'];
    for (const command of [['certs', 'init'], imported]) {
      expect(await box.error(...command, '--dry-run')).toEqual(await box.error(...command));
      expect(await box.data(...command, '--dry-run', '--force')).toMatchObject({
        status: 'planned',
      });
    }
    const out = ['--intermediate', '--root-key-out', '/their.key', '--pki', '/other'];
    expect(await box.error('certs', 'init', ...out, '--dry-run')).toMatchObject({ code: 'exists' });
  });

  test('a key that comes unlocked is locked with the passphrase that is given', async () => {
    const box = machine();
    const { cert, key } = issue(box.root, { cn: 'Theirs', extensions: CA });
    writeFileSync(box.at('/their.crt'), cert);
    writeFileSync(box.at('/their.key'), key);
    writeFileSync(box.at('/pass'), 'geheim\n');
    const given = ['--cert', '/their.crt', '--key', '/their.key', '--passphrase-file', '/pass'];
    await box.data('certs', 'import', ...given);
    expect(box.text(`${PKI}/ca.key`)).toContain('BEGIN ENCRYPTED PRIVATE KEY');
    await box.data('certs', 'issue', '--domain', 'a.test', '--passphrase-file', '/pass');
  });
});

test.each([
  [0o644, true],
  [0o640, true],
  [0o600, false],
])('a passphrase in a file of mode %o is warned of: %p', async (mode, warned) => {
  const box = machine();
  writeFileSync(box.at('/pass'), 'geheim\n');
  chmodSync(box.at('/pass'), mode);
  const { stderr } = await box.run('certs', 'init', '--passphrase-file', '/pass');
  expect(stderr.includes('chmod 600 /pass')).toBe(warned);
});

describe('certs sign', () => {
  test("refuses a request made with the authority's own key", async () => {
    const box = machine();
    await box.data('certs', 'init');
    request(box, `${PKI}/ca.key`, '/CN=a.test');
    expect(await box.error('certs', 'sign', '/csr')).toMatchObject({
      code: 'invalid-certificate',
      message: expect.stringContaining("the authority's own key"),
    });
    expect(existsSync(box.at(`${PKI}/certs`))).toBe(false);
  });

  test('calls a client what its request calls it, though nobody connects to that', async () => {
    const box = machine();
    await box.data('certs', 'init');
    newKey(box);
    request(box, '/k', '/CN=CI runner 7');
    const answer = await box.data<SignAnswer>('certs', 'sign', '/csr', '--profile', 'client');
    expect(answer.certificate).toMatchObject({ name: 'CI_runner_7', names: [] });
    const subject = ['-noout', '-subject', '-in', box.at(`${PKI}/certs/CI_runner_7.crt`)];
    const printed = execFileSync('openssl', ['x509', ...subject], { encoding: 'utf8' });
    // OpenSSL 3.5 has no spaces around =.
    expect(printed).toMatch(/CN ?= ?CI runner 7/);
    expect(await box.error('certs', 'sign', '/csr')).toMatchObject({ code: 'invalid-value' });
  });

  test('refuses a server that nobody could connect to, whatever its files are called', async () => {
    const box = machine();
    await box.data('certs', 'init');
    newKey(box);
    request(box, '/k', '/O=Example');
    expect(await box.error('certs', 'sign', '/csr', '--name', 'a')).toMatchObject({
      hint: '--domain registry.example.com',
    });
  });
});

test.each(['[::1]', '[::1]:5000', '::1', 'bücher.test', 'BÜCHER.test:443', 'a.test.', 'a.test:80'])(
  'verify --host takes %s as people type it',
  async (host) => {
    const box = machine();
    const names = ['--domain', 'a.test', '--domain', 'bücher.test', '--ip', '::1'];
    await box.data('certs', 'issue', '--init', ...names, '--out', '/o');
    const verified = ['certs', 'verify', '/o/a.test.crt', '--host', host];
    expect((await box.data<VerifyAnswer>(...verified)).findings).toEqual([]);
  },
);

test('what helps an authority elsewhere names its folder', async () => {
  const box = machine();
  const pki = ['--pki', '/my pki'];
  expect(await box.error('certs', 'issue', '--domain', 'a.test', ...pki)).toMatchObject({
    hint: expect.stringMatching(
      /^`dockerctl .*certs init --pki '\/my pki'`, or `dockerctl .*certs issue --pki '\/my pki' --init --domain NAME`/,
    ),
  });
  await box.data('certs', 'issue', '--init', '--days', '10', '--domain', 'a.test', ...pki);
  const { findings } = await box.data<CheckAnswer>('certs', 'check', ...pki);
  expect(findings.map(({ hint }) => hint)).toEqual([
    expect.stringContaining("dockerctl certs renew --pki '/my pki'"),
  ]);
});

test('a rollback says that renewals still go to the place', async () => {
  const box = machine();
  mkdirSync(box.at('/srv'));
  await box.data('certs', 'issue', '--init', '--domain', 'a.test');
  await box.data('certs', 'deploy', 'a.test', '--to', '/srv');
  expect((await box.run('config', 'rollback')).stdout).toContain('renewals still go where');
  expect(existsSync(box.at('/srv/a.test.crt'))).toBe(false);
});
