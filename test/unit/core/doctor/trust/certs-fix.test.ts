import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  FIXED_CERTIFICATES,
  fixCertificate,
  renameFolder,
} from '../../../../../src/core/doctor/trust/certs-fix.js';
import { DOCTOR_CODES } from '../../../../../src/core/doctor/codes.js';
import { toPem } from '../../../../../src/core/pki/keys/pem.js';
import { makeLeaf, makeSigner } from '../../../../support/authority.js';
import { imageOf, treeOf } from '../../../../support/doctor-facts.js';
import { textsOf } from '../../../../support/doctor-findings.js';

const FOLDER = '/etc/docker/certs.d/r.corp';
let [ca, leaf] = ['', ''];
beforeAll(async () => {
  const signer = await makeSigner();
  ca = toPem('CERTIFICATE', signer.certificate.der);
  leaf = toPem('CERTIFICATE', (await makeLeaf(signer)).certificate.der);
});

/** What the fix of a finding makes of the folder; null where it has none. */
const fix = (code: string, name: string, files: Readonly<Record<string, string>>) => {
  const snapshot = treeOf(
    Object.fromEntries(Object.entries(files).map(([one, text]) => [`${FOLDER}/${one}`, text])),
  );
  const path = `${FOLDER}/${name}`;
  const place = { severity: 'error', subject: 'r.corp', message: 'm', hint: 'h', path } as const;
  const { fix: plan } = fixCertificate(snapshot, { code, ...place });
  if (plan === undefined) return null;
  return Object.fromEntries(
    Object.entries(textsOf(plan)).map(([one, text]) => [one.slice(FOLDER.length + 1), text]),
  );
};

describe('a file of a registry', () => {
  test('that others can read is closed', () => {
    const path = `${FOLDER}/client.key`;
    const snapshot = treeOf({ [path]: { ...imageOf('k'), mode: 0o644 } });
    const place = {
      severity: 'warning',
      subject: 'r.corp',
      message: 'm',
      hint: 'h',
      path,
    } as const;
    const { fix: plan } = fixCertificate(snapshot, { code: 'trust-key-readable', ...place });
    expect(plan?.changes.map(({ after }) => after?.mode)).toEqual([0o600]);
  });

  test('half a pair is set aside', () => {
    expect(fix('trust-key-without-cert', 'client.key', { 'client.key': 'k' })).toEqual({
      'client.key.unused': 'k',
      'client.key': null,
    });
    expect(fix('trust-cert-without-key', 'server.cert', { 'server.cert': leaf })).toEqual({
      'server.cert.unused': leaf,
      'server.cert': null,
    });
  });

  test('a CA with the ending of a client gets that of a CA', () => {
    expect(fix('trust-cert-without-key', 'ca.cert', { 'ca.cert': ca })).toEqual({
      'ca.crt': ca,
      'ca.cert': null,
    });
  });

  test('a CA that nobody sees is renamed, what is none is not', () => {
    expect(fix('trust-file-ignored', 'ca.pem', { 'ca.pem': ca })).toEqual({
      'ca.crt': ca,
      'ca.pem': null,
    });
    expect(fix('trust-file-ignored', 'server.pem', { 'server.pem': leaf })).toBeNull();
    // What is there already stays.
    expect(fix('trust-file-ignored', 'ca.pem', { 'ca.pem': ca, 'ca.crt': leaf })).toBeNull();
  });

  test('of certificates in a form that Go does not read the certificates stay', () => {
    const fixed = fix('trust-ca-unreadable', 'ca.crt', { 'ca.crt': `\uFEFF${ca}` });
    expect(fixed?.['ca.crt']?.trim()).toBe(ca.trim());
    const withKey = `${ca}-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n`;
    expect(fix('trust-ca-unreadable', 'ca.crt', { 'ca.crt': withKey })).toBeNull();
    expect(fix('trust-ca-unreadable', 'ca.crt', { 'ca.crt': 'nothing' })).toBeNull();
  });

  test('of another code keeps its hint alone', () => {
    expect(fix('certs-link-broken', 'ca.crt', { 'ca.crt': ca })).toBeNull();
  });
});

test('a pair of a server goes by name alone: its registry may take it from its clients', () => {
  const both = fix('trust-server-key', 'server.cert', { 'server.cert': leaf, 'server.key': 'k' });
  expect(Object.keys(both ?? {}).filter((name) => name.endsWith('.unused'))).toEqual([
    'server.cert.unused',
    'server.key.unused',
  ]);
  expect(FIXED_CERTIFICATES.has('trust-server-key')).toBe(false);
  expect(FIXED_CERTIFICATES.has('trust-key-readable')).toBe(true);
  // What doctor says alone has its fix in its own table.
  for (const code of FIXED_CERTIFICATES) expect(Object.keys(DOCTOR_CODES)).not.toContain(code);
});

test('a folder is renamed with all that is in it, or not at all', () => {
  const files = { '/c/a/ca.crt': '1', '/c/a/client.key': '2' };
  const of = (more: Readonly<Record<string, string>>) =>
    renameFolder(treeOf({ ...files, ...more }), { code: 'x', from: '/c/a', to: '/c/b' });
  expect(textsOf(of({}) ?? undefined)).toEqual({
    '/c/b/ca.crt': '1',
    '/c/a/ca.crt': null,
    '/c/b/client.key': '2',
    '/c/a/client.key': null,
  });
  expect(of({})?.prune).toEqual(['/c/a']);
  expect(of({ '/c/b/ca.crt': '3' })).toBeNull();
  expect(of({ '/c/a/more/x': '4' })).toBeNull();
  expect(renameFolder(treeOf(files), { code: 'x', from: '/c/none', to: '/c/b' })).toBeNull();
});
