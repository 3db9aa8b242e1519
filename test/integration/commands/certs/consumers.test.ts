import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import type { IssueAnswer } from '../../../../src/commands/certs/issue.js';
import type { InspectAnswer } from '../../../../src/commands/certs/inspect.js';
import type { VerifyAnswer } from '../../../../src/commands/certs/verify.js';
import { DAY_MS } from '../../../../src/core/pki/x509/validity.js';
import { machine, PKI, type Machine } from '../../../support/certs.js';

const NAME = 'registry.example.com';
const PROGRAM = resolve('dist/dockerctl.cjs');

async function withCertificate(...options: string[]): Promise<Machine> {
  const box = machine();
  await box.data('certs', 'issue', '--init', '--domain', NAME, '--out', '/o', ...options);
  return box;
}

const openssl = (...argv: string[]): string =>
  execFileSync('openssl', argv, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

const fits = (chain: string, key: string): boolean =>
  new X509Certificate(chain).checkPrivateKey(createPrivateKey(key));

describe('a passphrase', () => {
  test('in any script opens the key in openssl too', async () => {
    const box = machine();
    writeFileSync(box.at('/pass'), 'Geheimnis 秘密\n');
    await box.data('certs', 'init', '--passphrase-file', '/pass');
    openssl('pkey', '-in', box.at(`${PKI}/ca.key`), '-noout', '-passin', `file:${box.at('/pass')}`);
  });

  test('comes by an open descriptor', () => {
    const box = machine();
    writeFileSync(box.at('/pass'), 'geheim\nsecond line\n');
    const descriptor = openSync(box.at('/pass'), 'r');
    const argv = ['certs', 'init', '--passphrase-fd', '3', '--root', box.root];
    execFileSync(process.execPath, [PROGRAM, ...argv], {
      stdio: ['ignore', 'pipe', 'pipe', descriptor],
    });
    closeSync(descriptor);
    const key = ['pkey', '-in', box.at(`${PKI}/ca.key`), '-noout', '-passin'];
    openssl(...key, 'pass:geheim');
    expect(() => openssl(...key, 'pass:second line')).toThrow();
  });

  test('is asked for twice at a terminal, which shows none of it', async () => {
    const box = machine();
    const command = `"${process.execPath}" "${PROGRAM}" certs init --ask-passphrase --root "${box.root}"`;
    const script = spawn('script', ['-qec', command, '/dev/null']);
    let shown = '';
    let answered = 0;
    script.stdout.on('data', (bytes: Buffer) => {
      shown += bytes.toString();
      const asked = [/New passphrase.*: /u, /same again.*: /u].filter((q) => q.test(shown)).length;
      for (; answered < asked; answered += 1) script.stdin.write('geheim\n');
    });
    const [status] = (await once(script, 'close')) as [number];
    expect(shown).not.toContain('geheim');
    expect(status).toBe(0);
    openssl('pkey', '-in', box.at(`${PKI}/ca.key`), '-noout', '-passin', 'pass:geheim');
  });
});

test('inspect reads what a server presents', async () => {
  const box = await withCertificate('--ip', '127.0.0.1');
  const pair = ['-cert', box.at(`/o/${NAME}.fullchain.crt`), '-key', box.at(`/o/${NAME}.key`)];
  const server = spawn('openssl', ['s_server', '-accept', '127.0.0.1:0', ...pair]);
  try {
    let said = '';
    for await (const bytes of server.stdout) {
      said += String(bytes);
      if (/^ACCEPT .*:\d+\s/mu.test(said)) break;
    }
    const [, port = ''] = /^ACCEPT .*:(\d+)\s/mu.exec(said) ?? [];
    const { certificates } = await box.data<InspectAnswer>('certs', 'inspect', `127.0.0.1:${port}`);
    expect(certificates[0]).toMatchObject({ names: [`dns:${NAME}`, 'ip:127.0.0.1'] });
  } finally {
    server.kill();
  }
});

test("what the Harbor guide's commands make by hand is one command, at openssl's strictest", async () => {
  const box = await withCertificate('--domain', 'registry', '--ip', '192.0.2.10');
  const verify = [
    'verify',
    '-x509_strict',
    '-purpose',
    'sslserver',
    '-CAfile',
    box.at('/o/ca.crt'),
  ];
  for (const name of [
    ['-verify_hostname', NAME],
    ['-verify_hostname', 'registry'],
    ['-verify_ip', '192.0.2.10'],
  ])
    expect(openssl(...verify, ...name, box.at(`/o/${NAME}.crt`))).toContain(': OK');
});

test('--install lets the docker of this machine trust each name, by the authority alone', async () => {
  const box = await withCertificate(
    '--ip',
    '2001:db8::1',
    '--domain',
    '*.example.com',
    '--install',
  );
  expect(readdirSync(box.at('/etc/docker/certs.d'))).toEqual(['[2001:db8::1]', NAME]);
  expect(readdirSync(box.at(`/etc/docker/certs.d/${NAME}`))).toEqual(['ca.crt']);
  expect(box.text(`/etc/docker/certs.d/${NAME}/ca.crt`)).toBe(box.text(`${PKI}/ca.crt`));
});

describe('--install where the folder of the name', () => {
  const folder = `/etc/docker/certs.d/${NAME}`;
  const issue = ['certs', 'issue', '--domain', NAME, '--install'];

  async function withFile(name: string, from: 'ours' | 'other'): Promise<Machine> {
    const box = machine();
    await box.data('certs', 'init');
    await box.data('certs', 'init', '--pki', '/other');
    mkdirSync(box.at(folder), { recursive: true });
    writeFileSync(
      box.at(`${folder}/${name}`),
      box.text(from === 'ours' ? `${PKI}/ca.crt` : '/other/ca.crt'),
    );
    return box;
  }

  test('has the authority under another name writes nothing', async () => {
    const box = await withFile('company.crt', 'ours');
    expect(await box.data<IssueAnswer>(...issue)).toMatchObject({ placed: [] });
    expect(readdirSync(box.at(folder))).toEqual(['company.crt']);
  });

  test('has the ca.crt of another authority says that it is replaced', async () => {
    const box = await withFile('ca.crt', 'other');
    const { placed, notes } = await box.data<IssueAnswer>(...issue);
    expect(placed).toEqual([`${folder}/ca.crt`]);
    expect(notes.join()).toContain(`${folder}/ca.crt no longer holds`);
  });

  test('has what makes docker fail whatever is added is refused before anything is issued', async () => {
    const box = await withFile('ca.crt', 'ours');
    writeFileSync(box.at(`${folder}/broken.cert`), 'no certificate');
    expect(await box.error(...issue)).toMatchObject({ code: 'invalid-config' });
    expect(readdirSync(box.at(PKI))).not.toContain('certs');
  });
});

test('the revocation list is where each certificate says, once ca.json5 says so', async () => {
  const box = machine();
  mkdirSync(box.at('/etc/dockerctl/certs'), { recursive: true });
  const url = 'http://pki.example.com/crl.pem';
  const builtIn = readFileSync('certs/ca.json5', 'utf8');
  const profile = builtIn.replace(/crlUrl: null/u, `crlUrl: '${url}'`);
  expect(profile).toContain(url);
  writeFileSync(box.at('/etc/dockerctl/certs/ca.json5'), profile);
  await box.data('certs', 'issue', '--init', '--domain', NAME, '--out', '/o');
  const text = openssl(
    'x509',
    '-noout',
    '-ext',
    'crlDistributionPoints',
    '-in',
    box.at(`/o/${NAME}.crt`),
  );
  expect(text).toContain(`URI:${url}`);
});

test('an intermediate renews without the root key', async () => {
  const box = machine();
  await box.data('certs', 'init', '--intermediate', '--root-key-out', '/safe.key');
  await box.data('certs', 'issue', '--domain', NAME, '--out', '/o');
  await box.data('certs', 'renew', NAME);
  const chain = ['-CAfile', box.at('/o/ca.crt'), '-untrusted', box.at(`/o/${NAME}.fullchain.crt`)];
  expect(openssl('verify', '-x509_strict', ...chain, box.at(`/o/${NAME}.crt`))).toContain(': OK');
  expect(readdirSync(box.at(PKI))).not.toContain('ca.key');
});

test('two authorities stand side by side, and neither vouches for the other', async () => {
  const box = machine();
  for (const pki of ['/a', '/b'])
    await box.data('certs', 'issue', '--init', '--pki', pki, '--domain', NAME, '--out', `${pki}/o`);
  const verify = async (ca: string) =>
    (await box.data<VerifyAnswer>('certs', 'verify', `/a/o/${NAME}.crt`, '--ca', ca)).findings;
  expect(await verify('/a/ca.crt')).toEqual([]);
  expect(await verify('/b/ca.crt')).toMatchObject([{ code: 'certificate-unknown-authority' }]);
});

test('a clock that fell behind the authority makes nothing that is valid before it', async () => {
  let now = Date.now();
  const box = machine(() => now);
  await box.data('certs', 'init');
  now -= 300 * DAY_MS;
  expect(await box.error('certs', 'issue', '--domain', NAME)).toMatchObject({
    code: 'invalid-certificate',
    message: expect.stringMatching(/clock|not valid before|from/u),
  });
});

describe('certs export', () => {
  test('k8s-secret is YAML with a pair that fits', async () => {
    const box = await withCertificate();
    await box.data('certs', 'export', NAME, '--format', 'k8s-secret', '--out', '/s.yaml');
    const secret = parse(box.text('/s.yaml')) as { type: string; data: Record<string, string> };
    const text = (key: string) => Buffer.from(secret.data[key] ?? '', 'base64').toString();
    expect(secret.type).toBe('kubernetes.io/tls');
    expect(fits(text('tls.crt'), text('tls.key'))).toBe(true);
    expect(text('ca.crt')).toBe(box.text(`${PKI}/ca.crt`));
  });

  test.each([
    ['harbor', `${NAME}.crt`],
    ['pem', `${NAME}.fullchain.crt`],
  ])('%s is a pair that fits', async (format, certificate) => {
    const box = await withCertificate();
    await box.data('certs', 'export', NAME, '--format', format, '--out', '/x');
    expect(fits(box.text(`/x/${certificate}`), box.text(`/x/${NAME}.key`))).toBe(true);
  });
});
