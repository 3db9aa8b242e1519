import { expect, test } from '@jest/globals';
import { GENERATIONS, rulesOf } from '../../../../../../src/core/pki/go/rules/generation.js';
import {
  authorityRefusals,
  certificateRefusals,
  keyRefusals,
} from '../../../../../../src/core/pki/go/verify/single.js';
import * as make from '../../../../../support/chains/certificate.js';
import { NULL } from '../../../../../support/chains/der.js';
import { also, authority, leaf, root, rsaSpki } from '../../../../../support/chains/judged.js';

const each = (ask: (rules: ReturnType<typeof rulesOf>) => readonly { readonly code: string }[]) =>
  GENERATIONS.map((generation) => ask(rulesOf(generation))[0]?.code ?? 'ok');
const all = (code: string) => [code, code, code];

test('a certificate, whatever its chain', () => {
  const refused = (der: Buffer) => each((rules) => certificateRefusals(der, rules));
  expect(refused(leaf())).toEqual(all('ok'));
  expect(refused(also(make.extension('1.2.3.4', NULL, true)))).toEqual(all('critical-extension'));
  expect(refused(leaf({ key: { spki: rsaSpki(8208) } }))).toEqual([
    'ok',
    'rsa-too-large',
    'rsa-too-large',
  ]);
  expect(refused(Buffer.from('nothing'))).not.toContain('ok');
});

test('an authority, whatever it signs', () => {
  const refused = (der: Buffer) => each((rules) => authorityRefusals(der, rules));
  expect(refused(root())).toEqual(all('ok'));
  expect(refused(leaf())).toEqual(all('issuer-not-authority'));
  expect(refused(authority(make.extendedKeyUsage(make.CLIENT_AUTH)))).not.toContain('ok');
});

test('a key of a server', () => {
  const refused = (spki: Buffer) =>
    each((rules) => keyRefusals(spki, { whose: 'CN=registry', rules }));
  expect(refused(make.ecKey().spki)).toEqual(all('ok'));
  expect(refused(make.ecKey('secp224r1').spki)).toEqual(all('curve-not-for-tls'));
  expect(refused(make.otherKey('ed448').spki)).toEqual(all('key-unsupported'));
});
