import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { CheckAnswer } from '../../../../src/commands/certs/check.js';
import type { CrlAnswer } from '../../../../src/commands/certs/crl.js';
import type { InspectAnswer } from '../../../../src/commands/certs/inspect.js';
import type { ListAnswer } from '../../../../src/commands/certs/list.js';
import type { RenewAnswer } from '../../../../src/commands/certs/renew.js';
import type { SignAnswer } from '../../../../src/commands/certs/sign.js';
import type { VerifyAnswer } from '../../../../src/commands/certs/verify.js';
import { DAY_MS } from '../../../../src/core/pki/x509/validity.js';
import { machine, PKI, type Machine } from '../../../support/certs.js';
import { CA, issue, server } from '../../../support/openssl.js';

const NAME = 'registry.example.com';
const KEY = `${PKI}/certs/${NAME}.key`;

async function withCertificate(...options: string[]): Promise<Machine> {
  const box = machine();
  await box.data('certs', 'issue', '--init', '--domain', NAME, ...options);
  return box;
}

const damage = (path: string): void => {
  writeFileSync(path, 'gone');
};

const codes = (findings: readonly { readonly code: string }[]) => findings.map(({ code }) => code);

describe('certs renew', () => {
  test('keeps names and kind of key, makes a new key, and replaces the copies it knows of', async () => {
    const box = await withCertificate('--ip', '192.0.2.1', '--days', '30', '--out', '/srv');
    const old = box.text('/srv/registry.example.com.key');
    const { status, certificates, placed } = await box.data<RenewAnswer>('certs', 'renew', NAME);
    expect(status).toBe('renewed');
    expect(certificates[0]).toMatchObject({
      names: [`dns:${NAME}`, 'ip:192.0.2.1'],
      keyType: 'ecdsa-p256',
    });
    expect(placed).toContain('/srv/registry.example.com.key');
    expect(box.text('/srv/registry.example.com.key')).toBe(box.text(KEY));
    expect(box.text(KEY)).not.toBe(old);
  });

  test('takes a certificate by its first name too, where its files are called otherwise', async () => {
    const box = await withCertificate();
    await box.data('certs', 'issue', '--domain', '*.example.com');
    const { certificates } = await box.data<RenewAnswer>('certs', 'renew', '*.example.com');
    expect(certificates[0]?.name).toBe('_wildcard.example.com');
  });

  test.each(['cut off before its copies', 'cut off between two of them'])(
    'that was %s is made good by the next run',
    async (when) => {
      const box = await withCertificate('--out', '/a');
      await box.data('certs', 'deploy', NAME, '--to', '/b');
      const copies = (folder: string) =>
        ['crt', 'fullchain.crt', 'key'].map((end) => `${folder}/${NAME}.${end}`);
      const late = [...(when.includes('between') ? [] : copies('/a')), ...copies('/b')];
      const before = new Map(late.map((path) => [path, box.text(path)]));
      await box.data('certs', 'renew', NAME);
      for (const [path, text] of before) writeFileSync(box.at(path), text);
      const dry = await box.data<RenewAnswer>('certs', 'renew', '--due', '--dry-run');
      expect(dry).toMatchObject({ status: 'planned', placed: expect.arrayContaining(late) });
      const { certificates, placed } = await box.data<RenewAnswer>('certs', 'renew', '--due');
      expect(certificates).toEqual([]);
      expect([...placed].sort()).toEqual([...late].sort());
      for (const folder of ['/a', '/b'])
        expect(box.text(`${folder}/${NAME}.key`)).toBe(box.text(KEY));
      expect(await box.data('certs', 'renew', '--due')).toMatchObject({ status: 'unchanged' });
    },
  );

  test('--due leaves a certificate of somebody else where it is, and a place that is gone', async () => {
    const box = await withCertificate('--out', '/a');
    await box.data('certs', 'deploy', NAME, '--to', '/b');
    const theirs = issue(box.root, { cn: NAME, extensions: CA }).cert;
    writeFileSync(box.at(`/a/${NAME}.crt`), theirs);
    rmSync(box.at('/b'), { recursive: true });
    expect(await box.data('certs', 'renew', '--due')).toMatchObject({ status: 'unchanged' });
    expect(box.text(`/a/${NAME}.crt`)).toBe(theirs);
  });

  test('keeps the key where asked to', async () => {
    const box = await withCertificate();
    const old = box.text(KEY);
    await box.data('certs', 'renew', NAME, '--reuse-key');
    expect(box.text(KEY)).toBe(old);
  });

  test('leaves alone what is not due', async () => {
    const box = await withCertificate();
    expect(await box.data('certs', 'renew', '--due')).toMatchObject({ status: 'unchanged' });
  });

  test('several at once renew what is due once, and say so', async () => {
    let now = Date.now();
    const box = machine(() => now);
    await box.data('certs', 'issue', '--init', '--domain', 'a.test');
    await box.data('certs', 'issue', '--domain', 'b.test');
    now += 390 * DAY_MS;
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => box.data<RenewAnswer>('certs', 'renew', '--due')),
    );
    expect(answers.flatMap(({ certificates }) => certificates)).toHaveLength(2);
    const { certificates } = await box.data<ListAnswer>('certs', 'list', '--all');
    expect(certificates).toHaveLength(4);
    const late = answers.find(({ status }) => status === 'unchanged');
    expect(late?.notes).toContainEqual(expect.stringContaining('another dockerctl'));
  });

  test.each([[[]], [[NAME, '--due']]])('wants names or --due: %j', async (args) => {
    const box = await withCertificate();
    expect(await box.error('certs', 'renew', ...args)).toMatchObject({ code: 'usage' });
  });

  test('names those there are when asked for one there is not', async () => {
    const box = await withCertificate();
    expect(await box.error('certs', 'renew', 'nope')).toMatchObject({
      code: 'not-found',
      hint: expect.stringContaining(NAME),
    });
  });

  test('does not bring back what was revoked', async () => {
    const box = await withCertificate();
    await box.data('certs', 'revoke', NAME);
    expect(await box.error('certs', 'renew', NAME)).toMatchObject({ code: 'invalid-value' });
    await box.data('certs', 'issue', '--domain', NAME);
  });
});

describe('certs revoke and crl', () => {
  test('--dry-run publishes nothing', async () => {
    const box = await withCertificate();
    const dry = await box.data('certs', 'crl', '--out', '/crl.pem', '--dry-run');
    expect(dry).toMatchObject({ status: 'planned', number: 1, placed: ['/crl.pem'] });
    expect(existsSync(box.at('/crl.pem'))).toBe(false);
    expect(await box.data('certs', 'crl')).toMatchObject({ status: 'published', number: 1 });
  });

  test.each(['0', '-3', '1.5', '99999999'])('a list is not good for %s days', async (days) => {
    const box = await withCertificate();
    expect(await box.error('certs', 'crl', `--days=${days}`)).toMatchObject({
      code: 'invalid-value',
      message: expect.stringContaining(`revocation list cannot be valid for ${days} days`),
    });
    expect(existsSync(box.at(`${PKI}/crl.pem`))).toBe(false);
  });

  test('a list is in force at once for clients whose clock lags', async () => {
    const box = await withCertificate();
    await box.data('certs', 'crl');
    const minutesAgo = String(Math.floor(Date.now() / 1000) - 10 * 60);
    const files = ['-CAfile', box.at(`${PKI}/ca.crt`), '-CRLfile', box.at(`${PKI}/crl.pem`)];
    const checked = ['-crl_check', '-attime', minutesAgo, box.at(`${PKI}/certs/${NAME}.crt`)];
    expect(spawnSync('openssl', ['verify', ...files, ...checked]).status).toBe(0);
  });

  test('a revoked certificate is so in list, verify and the published list', async () => {
    const box = await withCertificate('--out', '/o');
    await box.data('certs', 'revoke', NAME, '--reason', 'key-compromise');
    const { certificates } = await box.data<ListAnswer>('certs', 'list');
    expect(certificates.map(({ status }) => status)).toEqual(['revoked']);
    const { findings } = await box.data<VerifyAnswer>('certs', 'verify', `/o/${NAME}.crt`);
    expect(codes(findings)).toEqual(['certificate-revoked']);
    expect(await box.data('certs', 'crl', '--out', '/crl.pem')).toMatchObject({
      number: 2,
      revoked: 1,
    });
    expect(box.text('/crl.pem')).toContain('BEGIN X509 CRL');
  });

  test('twice is once, with the first reason', async () => {
    const box = await withCertificate();
    await box.data('certs', 'revoke', NAME, '--reason', 'superseded');
    expect(await box.data('certs', 'revoke', NAME, '--reason', 'key-compromise')).toMatchObject({
      status: 'unchanged',
      reason: 'superseded',
    });
  });

  test('survives the loss of the index: the list is the record', async () => {
    const box = await withCertificate();
    await box.data('certs', 'revoke', NAME);
    writeFileSync(box.at(`${PKI}/index.json`), 'gone');
    const { certificates } = await box.data<ListAnswer>('certs', 'list');
    expect(certificates[0]?.status).toBe('revoked');
  });

  test.each([
    { is: 'damaged', lose: damage },
    { is: 'lost', lose: unlinkSync },
  ])('survives a list that is $is: the index knows, and crl makes it anew', async ({ lose }) => {
    const box = await withCertificate();
    await box.data('certs', 'revoke', NAME, '--reason', 'superseded');
    lose(box.at(`${PKI}/crl.pem`));
    await box.data('certs', 'issue', '--domain', 'other.test');
    const { certificates, notes } = await box.data<ListAnswer>('certs', 'list');
    expect(certificates.find(({ name }) => name === NAME)?.status).toBe('revoked');
    expect(notes.join()).toContain('dockerctl certs crl makes the list anew');
    const { findings } = await box.data<CheckAnswer>('certs', 'check');
    expect(codes(findings)).toEqual(['crl-lost']);
    const { number, revoked } = await box.data<CrlAnswer>('certs', 'crl');
    expect(revoked).toBe(1);
    expect(number).toBeGreaterThan(1_000_000);
    expect((await box.data<CheckAnswer>('certs', 'check')).findings).toEqual([]);
    expect(await box.data('certs', 'revoke', NAME)).toMatchObject({
      ...{ status: 'unchanged', reason: 'superseded' },
    });
  });

  test('a list that is lost is known of from an index that is about other files', async () => {
    const box = await withCertificate();
    await box.data('certs', 'revoke', NAME);
    await box.data('certs', 'issue', '--domain', 'other.test');
    unlinkSync(box.at(`${PKI}/crl.pem`));
    unlinkSync(box.at(`${PKI}/certs/other.test.crt`));
    const { certificates } = await box.data<ListAnswer>('certs', 'list');
    expect(certificates.map(({ status }) => status)).toEqual(['revoked']);
  });

  test('a damaged list beside a damaged index is an error, never an empty list', async () => {
    const box = await withCertificate();
    await box.data('certs', 'revoke', NAME);
    for (const file of ['crl.pem', 'index.json']) writeFileSync(box.at(`${PKI}/${file}`), 'gone');
    expect(await box.error('certs', 'list')).toMatchObject({ code: 'invalid-certificate' });
  });
});

describe('certs check', () => {
  test('is content with a fresh certificate', async () => {
    const box = await withCertificate();
    expect((await box.run('certs', 'check')).status).toBe(0);
  });

  test('exits with 1 when something is due', async () => {
    const box = await withCertificate('--days', '20');
    const { status } = await box.run('certs', 'check', '--within', '30d');
    expect(status).toBe(1);
    const { findings } = await box.data<CheckAnswer>('certs', 'check');
    expect(findings).toEqual([
      expect.objectContaining({ code: 'certificate-expires-soon', subject: NAME, fixable: false }),
    ]);
    expect((await box.run('certs', 'check', '--within', '5d')).status).toBe(0);
  });
});

describe('certs sign', () => {
  const request = (box: Machine, ...more: string[]) => {
    const argv = [
      'req',
      '-new',
      '-nodes',
      '-keyout',
      box.at('/k'),
      '-out',
      box.at('/csr'),
      '-subj',
      '/CN=csr.test',
    ];
    execFileSync('openssl', [...argv, ...(more.length > 0 ? more : ['-newkey', 'rsa:2048'])], {
      stdio: 'ignore',
    });
  };
  const EC = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];

  test('takes the names of the request and nothing else that it asks for', async () => {
    const box = await withCertificate();
    const asked = [
      'subjectAltName=DNS:a.test,IP:192.0.2.9',
      'keyUsage=keyCertSign',
      'nsComment=hello',
    ];
    request(box, ...EC, ...asked.flatMap((one) => ['-addext', one]));
    const answer = await box.data<SignAnswer>('certs', 'sign', '/csr', '--out', '/o');
    expect(answer.certificate.names).toEqual(['dns:a.test', 'ip:192.0.2.9']);
    expect(answer.notes).toEqual([expect.stringContaining('was left out')]);
    expect(readdirSync(box.at('/o'))).toEqual(['a.test.crt', 'a.test.fullchain.crt', 'ca.crt']);
    const { certificates } = await box.data<InspectAnswer>('certs', 'inspect', '/o/a.test.crt');
    expect(certificates[0]).toMatchObject({ keyUsage: ['digitalSignature'], isAuthority: false });
  });

  test('takes a request that is signed with RSA-PSS for none, and says so', async () => {
    const box = await withCertificate();
    request(box, '-newkey', 'rsa:2048', '-sigopt', 'rsa_padding_mode:pss');
    expect(await box.error('certs', 'sign', '/csr')).toMatchObject({
      code: 'invalid-certificate',
      message: expect.stringContaining('of a kind that is not accepted'),
    });
  });

  test('takes a lone common name as the name, with a note', async () => {
    const box = await withCertificate();
    request(box);
    const { certificate, notes } = await box.data<SignAnswer>('certs', 'sign', '/csr');
    expect(certificate.names).toEqual(['dns:csr.test']);
    expect(notes).toEqual([expect.stringContaining('common name')]);
  });

  test.each([
    ['a weak key', ['-newkey', 'rsa:1024'], 'too weak'],
    [
      'a request to be an authority',
      [...EC, '-addext', 'basicConstraints=CA:TRUE'],
      'an authority itself',
    ],
    ['SHA-1', ['-newkey', 'rsa:2048', '-sha1'], 'SHA-1'],
  ])('refuses %s', async (_, options, reason) => {
    const box = await withCertificate();
    request(box, ...options);
    expect(await box.error('certs', 'sign', '/csr')).toMatchObject({
      code: 'invalid-certificate',
      message: expect.stringContaining(reason),
    });
  });

  test('refuses a signature that is wrong', async () => {
    const box = await withCertificate();
    request(box, ...EC);
    const body = Buffer.from(box.text('/csr').replace(/-----.*?-----/gu, ''), 'base64');
    body[body.length - 1] = (body.at(-1) ?? 0) ^ 1;
    writeFileSync(box.at('/csr'), body);
    expect(await box.error('certs', 'sign', '/csr')).toMatchObject({
      message: expect.stringContaining('signature is wrong'),
    });
  });

  test('refuses what is no request', async () => {
    const box = await withCertificate();
    for (const text of ['', 'hello', box.text(KEY)]) {
      writeFileSync(box.at('/csr'), text);
      expect(await box.error('certs', 'sign', '/csr')).toMatchObject({
        code: 'invalid-certificate',
      });
    }
  });
});

describe('certs import', () => {
  const foreign = (box: Machine, options: Partial<Parameters<typeof issue>[1]> = {}) => {
    const { cert, key } = issue(box.root, { cn: 'Foreign Root', extensions: CA, ...options });
    writeFileSync(box.at('/their.crt'), cert);
    writeFileSync(box.at('/their.key'), key);
  };
  const IMPORT = ['certs', 'import', '--cert', '/their.crt', '--key', '/their.key'];

  test('takes over an authority made by openssl, with its faults as notes, and issues from it', async () => {
    const box = machine();
    foreign(box, { extensions: ['basicConstraints=critical,CA:TRUE'] });
    expect(await box.data(...IMPORT)).toMatchObject({
      status: 'imported',
      subject: 'CN=Foreign Root',
      notes: [expect.stringContaining('no key usage')],
    });
    await box.data('certs', 'issue', '--domain', NAME, '--out', '/o');
    const { findings } = await box.data<VerifyAnswer>(
      'certs',
      'verify',
      `/o/${NAME}.crt`,
      '--host',
      NAME,
    );
    expect(codes(findings)).toEqual(['authority-no-key-usage']);
  });

  test('takes a key that is locked as step and old openssl do it, and keeps it locked', async () => {
    const box = machine();
    foreign(box);
    const lock = ['ec', '-aes256', '-passout', 'pass:geheim', '-in', box.at('/their.key')];
    execFileSync('openssl', [...lock, '-out', box.at('/step.key')], { stdio: 'ignore' });
    expect(box.text('/step.key')).toContain('DEK-Info: AES-256-CBC');
    writeFileSync(box.at('/pass'), 'geheim\n');
    const step = [...IMPORT.slice(0, -1), '/step.key'];
    expect(await box.error(...step)).toMatchObject({ code: 'answer-needed' });
    await box.data(...step, '--passphrase-file', '/pass');
    expect(box.text(`${PKI}/ca.key`)).toContain('BEGIN ENCRYPTED PRIVATE KEY');
    await box.data('certs', 'issue', '--domain', NAME, '--passphrase-file', '/pass');
  });

  test('refuses a key that does not match', async () => {
    const box = machine();
    foreign(box);
    writeFileSync(box.at('/their.key'), issue(box.root, { cn: 'x', extensions: CA }).key);
    expect(await box.error(...IMPORT)).toMatchObject({
      message: expect.stringContaining('is not the key of'),
    });
  });

  test.each([
    ['an expired authority', { from: -20, until: -10 }, 'expired on'],
    ['what is no authority', { extensions: server('DNS:a.test') }, 'not an authority'],
  ])('refuses %s', async (_, options, reason) => {
    const box = machine();
    foreign(box, options);
    expect(await box.error(...IMPORT)).toMatchObject({
      code: 'invalid-certificate',
      message: expect.stringContaining(reason),
    });
  });
});

describe('certs export', () => {
  test('a PKCS#12 file opens with its passphrase only', async () => {
    const box = await withCertificate();
    writeFileSync(box.at('/pass'), 'pässword\n');
    await box.data(
      'certs',
      'export',
      NAME,
      '--format',
      'p12',
      '--out',
      '/r.p12',
      '--passphrase-file',
      '/pass',
    );
    const open = (passphrase: string) =>
      execFileSync(
        'openssl',
        ['pkcs12', '-in', box.at('/r.p12'), '-nodes', '-passin', `pass:${passphrase}`],
        {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'ignore'],
        },
      );
    expect(open('pässword')).toContain('BEGIN PRIVATE KEY');
    expect(() => open('password')).toThrow();
    const { stderr } = spawnSync(
      'openssl',
      ['pkcs12', '-in', box.at('/r.p12'), '-info', '-noout', '-passin', 'pass:pässword'],
      { encoding: 'utf8' },
    );
    // node-forge would leave certificates open, and take SHA-1 for the integrity.
    const sealed = 'PBES2, PBKDF2, AES-256-CBC, Iteration 600000, PRF hmacWithSHA256';
    expect(stderr).toContain('MAC: sha256, Iteration 600000');
    expect(stderr).toContain(`PKCS7 Encrypted data: ${sealed}`);
    expect(stderr).toContain(`Shrouded Keybag: ${sealed}`);
  });

  test.each([
    ['k8s-secret', '/s.yaml', 'type: kubernetes.io/tls'],
    ['harbor', `/h`, null],
    ['pem', '/p', null],
  ])('%s', async (format, out, text) => {
    const box = await withCertificate();
    const { placed } = await box.data<{ placed: string[] }>(
      'certs',
      'export',
      NAME,
      '--format',
      format,
      '--out',
      out,
    );
    expect(placed.length).toBeGreaterThan(0);
    if (text !== null) expect(box.text(out)).toContain(text);
  });
});
