import { beforeAll, describe, expect, test } from '@jest/globals';
import { toPem } from '../../../../../src/core/pki/keys/pem.js';
import { checkAuthority } from '../../../../../src/core/trust/diagnosis/lint-authority.js';
import { inDays, makeLeaf, makeSigner, NOW } from '../../../../support/authority.js';
import { treeOf } from '../../../../support/doctor-facts.js';

const FOLDER = '/etc/docker/certs.d/r.corp';
const [PATH, OTHER] = [`${FOLDER}/ca.crt`, `${FOLDER}/other.crt`];
let [ca, leaf, der] = ['', '', Buffer.of()];
beforeAll(async () => {
  const signer = await makeSigner();
  der = Buffer.from(signer.certificate.der);
  ca = toPem('CERTIFICATE', der);
  leaf = toPem('CERTIFICATE', (await makeLeaf(signer)).certificate.der);
});

const check = (content: string | Uint8Array, { path = PATH, now = NOW } = {}) =>
  checkAuthority({
    ...{ name: 'ca.crt', path, snapshot: treeOf({ [path]: content }) },
    place: { registry: 'r.corp', folder: FOLDER, now },
  });
const told = (...asked: Parameters<typeof check>) =>
  check(...asked).map(({ severity, code, hint }) => `${severity} ${code} -> ${hint}`);
const FETCH = 'dockerctl trust add-registry r.corp --fetch';

test('a CA in PEM is as it should be, with a leaf beside it, too', () => {
  expect(told(ca)).toEqual([]);
  expect(told(ca + leaf)).toEqual([]);
});

describe('what Go does not read', () => {
  test('is nothing, DER, or PEM with something before it', () => {
    expect(told('nothing')).toEqual([`error trust-ca-unreadable -> mv -n ${PATH} ${PATH}.unused`]);
    expect(told(der)).toEqual([
      `error trust-ca-unreadable -> openssl x509 -inform DER -in ${PATH} -out ${PATH}`,
    ]);
    expect(told(`\ufeff${ca}`)).toEqual([
      'error trust-ca-unreadable -> dockerctl doctor --fix trust-ca-unreadable',
    ]);
    expect(check(`\ufeff${ca}`)[0]?.message).toContain('byte order mark');
  });

  test('beside one that it reads is a warning', () => {
    const trusted = ca.replaceAll('CERTIFICATE', 'TRUSTED CERTIFICATE');
    expect(told(leaf + trusted)[0]).toMatch(/^warning trust-ca-unreadable/);
  });
});

test('a server’s certificate is no authority', () => {
  expect(told(leaf)).toEqual([`warning trust-ca-is-leaf -> ${FETCH}`]);
  expect(told(leaf, { path: OTHER })).toEqual([
    `warning trust-ca-is-leaf -> mv -n ${OTHER} ${OTHER}.unused && ${FETCH}`,
  ]);
});

test('an expired CA is an error where it is the only one', () => {
  expect(told(ca, { now: inDays(4000) })).toEqual([`error trust-ca-expired -> ${FETCH}`]);
});
