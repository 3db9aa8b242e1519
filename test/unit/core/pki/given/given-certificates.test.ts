import { beforeAll, describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { givenCertificates } from '../../../../../src/core/pki/given/given-certificates.js';
import { isDockerctlError } from '../../../../../src/errors.js';
import { temporaryFolder } from '../../../../support/node-host.js';
import { CA, derOf, issue, type Issued } from '../../../../support/openssl.js';

let one: Issued, other: Issued;
beforeAll(() => {
  const folder = temporaryFolder();
  one = issue(folder, { cn: 'One', extensions: CA });
  other = issue(folder, { cn: 'Other', extensions: CA });
});

function openssl(...argv: string[]): Buffer {
  const cwd = temporaryFolder();
  writeFileSync(`${cwd}/one.pem`, one.cert);
  writeFileSync(`${cwd}/both.pem`, one.cert + other.cert);
  writeFileSync(`${cwd}/key.pem`, one.key);
  return execFileSync('openssl', argv, { cwd, stdio: 'pipe' });
}
const p7b = (...argv: string[]) => openssl('crl2pkcs7', '-nocrl', '-certfile', 'both.pem', ...argv);
const p12 = (...argv: string[]) =>
  openssl(
    ...['pkcs12', '-export', '-in', 'one.pem', '-inkey', 'key.pem', '-passout', 'pass:secret'],
    ...argv,
  );
const read = (bytes: string | Uint8Array, name = 'given.pem') =>
  givenCertificates(Buffer.from(bytes), name).map(({ der }) => der.toString('hex'));
const hex = ({ cert }: Issued) => derOf(cert).toString('hex');
const refusalOf = (bytes: string | Uint8Array, name = 'given.pem') => {
  try {
    read(bytes, name);
  } catch (error) {
    if (isDockerctlError(error) && error.code === 'invalid-certificate')
      return `${error.message}\n${error.hint}`;
    throw error;
  }
  throw new Error('it was taken');
};
const base64 = (bytes: string | Uint8Array) => Buffer.from(bytes).toString('base64');

describe('a certificate in the wrapping that it was pasted in', () => {
  const wrappings: readonly (readonly [string, (pem: string) => string | Uint8Array])[] = [
    ['nothing around it', (pem) => pem],
    ['CRLF', (pem) => pem.replaceAll('\n', '\r\n')],
    ['CR alone', (pem) => pem.replaceAll('\n', '\r')],
    ['indented', (pem) => pem.replace(/^/gm, '    ')],
    ['quoted by a mail', (pem) => pem.replace(/^/gm, '> ')],
    ['a block of YAML', (pem) => `ca: |\n${pem.replace(/^/gm, '  ')}`],
    ['a JSON string', (pem) => JSON.stringify(pem)],
    ['a JSON object', (pem) => JSON.stringify({ ca: pem })],
    ['a JSON string in a JSON string', (pem) => JSON.stringify(JSON.stringify(pem))],
    ['escaped, without quotes', (pem) => pem.replaceAll('\n', '\\n')],
    ['an environment variable that the shell split into words', (pem) => pem.replaceAll('\n', ' ')],
    ['one line', (pem) => pem.replaceAll('\n', '')],
    ['percent signs', (pem) => encodeURIComponent(pem)],
    ['a web page', (pem) => `<pre>${pem.replaceAll('\n', '<br>\n')}</pre>`],
    ['blanks that do not break', (pem) => pem.replaceAll('\n', '\n\u00a0')],
    ['a zero-width space', (pem) => `\u200b${pem}`],
    ['typographic dashes', (pem) => pem.replaceAll('-----', '\u2014\u2014-')],
    ['a dash too few', (pem) => pem.replace('-----BEGIN', '----BEGIN')],
    ['a dash too few at the end', (pem) => pem.replace(/-\n$/, '\n')],
    [
      'small letters',
      (pem) => pem.replace(/(?:BEGIN|END) CERTIFICATE/g, (all) => all.toLowerCase()),
    ],
    ['headers', (pem) => pem.replace('-----\n', '-----\nProc-Type: 4,CLEAR\n\n')],
    ['the label of OpenSSL', (pem) => pem.replaceAll(' CERTIFICATE', ' TRUSTED CERTIFICATE')],
    ['base64 of PEM', (pem) => base64(pem)],
    ['base64 of PEM, in lines', (pem) => base64(pem).replace(/.{76}/g, '$&\n')],
    ['base64 of DER', (pem) => pem.replace(/-----[^-]*-----/g, '').trim()],
    ['a Secret of Kubernetes', (pem) => `kind: Secret\ndata:\n  ca.crt: ${base64(pem)}\n`],
    ['UTF-16 as PowerShell writes it', (pem) => Buffer.from(`\ufeff${pem}`, 'utf16le')],
    ['UTF-16, big end first', (pem) => Buffer.from(`\ufeff${pem}`, 'utf16le').swap16()],
    ['UTF-16 without a mark', (pem) => Buffer.from(pem, 'utf16le')],
    ['a byte order mark', (pem) => `\ufeff${pem}`],
    ['text before and behind', (pem) => `subject=CN=Root\n${pem}\nthat was it\n`],
    ['a shell around it', (pem) => `$ cat ca.crt\n${pem}$ \n`],
    ['DER', (pem) => derOf(pem)],
    ['DER with a line end', (pem) => Buffer.concat([derOf(pem), Buffer.from('\r\n')])],
  ];
  test.each(wrappings)('%s', (_, wrap) => {
    expect(read(wrap(one.cert))).toEqual([hex(one)]);
  });
});

describe('several', () => {
  const containers: readonly (readonly [string, () => string | Uint8Array])[] = [
    ['PEM', () => one.cert + other.cert],
    ['without a line between them', () => one.cert.trimEnd() + other.cert],
    ['PKCS#7 in PEM', () => p7b()],
    ['PKCS#7 in DER', () => p7b('-outform', 'DER')],
    ['PKCS#7 in base64', () => base64(p7b('-outform', 'DER'))],
    ['PKCS#7 as Windows labels it', () => p7b().toString().replaceAll('PKCS7', 'CERTIFICATE')],
    ['DER, one behind the other', () => Buffer.concat([derOf(one.cert), derOf(other.cert)])],
  ];
  test.each(containers)('%s', (_, bytes) => {
    expect(read(bytes()).toSorted()).toEqual([hex(one), hex(other)].toSorted());
  });
});

describe('what cannot be taken says why, and what to type', () => {
  test('PKCS#12, with the command that takes the certificates out', () => {
    expect(refusalOf(p12())).toMatch(
      /PKCS#12.*\n`openssl pkcs12 -in given\.pem -nokeys -out ca\.crt`/,
    );
    expect(refusalOf(p12('-legacy', '-certpbe', 'PBE-SHA1-RC2-40'))).toMatch(/-nokeys -legacy/);
    expect(refusalOf(base64(p12()))).toMatch(/`base64 -d given\.pem \| openssl pkcs12 -nokeys/);
    // It must not write over what it reads, and an address is no file.
    expect(refusalOf(p12(), 'ca.crt')).toMatch(/-in ca\.crt -nokeys -out ca-plain\.crt/);
    expect(refusalOf(p12(), 'https://h/x')).toMatch(
      /`curl -fo downloaded https:\/\/h\/x && openssl/,
    );
  });

  test('a bundle names its bad block, and the lines of it', () => {
    const lines = one.cert.trimEnd().split('\n').length;
    const place = `certificate 2 of 3, from line ${lines + 1}`;
    const show = `sed -n '${lines + 1},`;
    for (const bad of [
      one.cert.replace(/\n[A-Za-z0-9+/]{4}/, '\n!!!!'),
      one.cert.replace(/-----END.*\n/, ''),
      one.cert.replace(/(-----\n)[^-]*/, '$1'),
    ]) {
      const said = refusalOf(one.cert + bad + other.cert);
      expect(said).toContain(place);
      expect(said).toContain(show);
    }
    expect(refusalOf(one.cert.replace(/-----BEGIN.*\n/, ''))).toMatch(
      /BEGIN CERTIFICATE is missing/,
    );
    expect(refusalOf(JSON.stringify(one.cert.replace(/-----END.*\n/, '')))).not.toContain('sed -n');
  });

  const strangers: readonly (readonly [string, () => string | Uint8Array, RegExp])[] = [
    ['a key', () => one.key, /is a private key/],
    [
      'a key in DER',
      () => openssl('pkey', '-in', 'key.pem', '-outform', 'DER'),
      /is a private key/,
    ],
    ['a public key', () => openssl('pkey', '-in', 'key.pem', '-pubout'), /public key/],
    [
      'a public key in DER',
      () => openssl('pkey', '-in', 'key.pem', '-pubout', '-outform', 'DER'),
      /public key/,
    ],
    ['a request', () => request(), /certificate request/],
    ['a request in DER', () => request('-outform', 'DER'), /certificate request/],
    ['a certificate with its key', () => one.cert + one.key, /holds a private key.*\n.*sed -n/],
    [
      'a kubeconfig',
      () =>
        `certificate-authority-data: ${base64(one.cert)}\nclient-key-data: ${base64(one.key)}\n`,
      /holds a private key.*\n.*base64 -d/,
    ],
    ['a list of revoked', () => '-----BEGIN X509 CRL-----\nMII=\n-----END X509 CRL-----\n', /CRL/],
    ['what is compressed', () => Buffer.from('1f8b0800', 'hex'), /gzip.*\n.*gunzip -c given\.pem/],
    ['a key store of Java', () => Buffer.from('feedfeed00', 'hex'), /Java.*\n.*keytool -list -rfc/],
    ['a login page', () => '<!DOCTYPE html><html></html>', /web page/],
    ['a key of SSH', () => 'ssh-ed25519 AAAA me@here\n', /SSH/],
    ['nothing', () => '', /is empty/],
    ['words', () => 'hello\n', /holds no certificate.*\n.*head -n 3 given\.pem/],
  ];
  test.each(strangers)('%s', (_, bytes, words) => {
    expect(refusalOf(bytes())).toMatch(words);
  });
});

const request = (...argv: string[]) =>
  openssl('req', '-new', '-key', 'key.pem', '-subj', '/CN=registry.test', ...argv);
