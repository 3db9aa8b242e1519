import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import {
  kubernetesSecret,
  type TlsSecret,
} from '../../../../../src/core/pki/authority/kubernetes-secret.js';

const SECRET = { name: 'registry-tls', namespace: null, chain: 'C', key: 'K', authority: 'A' };
const made = (given: Partial<TlsSecret> = {}) => kubernetesSecret({ ...SECRET, ...given });

/** kubernetes.io/docs, "TLS Secrets": type kubernetes.io/tls with tls.crt and tls.key, in base64. */
test('a Secret of type kubernetes.io/tls', () => {
  expect(parse(made({ namespace: 'infra' }))).toEqual({
    ...{ apiVersion: 'v1', kind: 'Secret', type: 'kubernetes.io/tls' },
    metadata: { name: 'registry-tls', namespace: 'infra' },
    data: { 'ca.crt': 'QQ==', 'tls.crt': 'Qw==', 'tls.key': 'Sw==' },
  });
  expect((parse(made()) as { metadata: object }).metadata).toEqual({ name: 'registry-tls' });
});

/** kubectl reads YAML 1.1: a number or a truth value is no name to it. */
test.each(['123', '1e3', '0x1f', '1.0', 'null', 'true', 'on', 'a.b-c.d'])(
  'a name that looks like something else stays a string: %s',
  (name) => {
    const version = '1.1';
    expect(parse(made({ name }), { version })).toMatchObject({ metadata: { name } });
  },
);

/** apimachinery pkg/util/validation: IsDNS1123Subdomain for the name, IsDNS1123Label for the namespace. */
test.each<[Partial<TlsSecret>, string]>([
  [{ name: '' }, '--secret-name registry-tls'],
  [{ name: 'A' }, '--secret-name registry-tls'],
  [{ name: 'a..b' }, '--secret-name registry-tls'],
  [{ name: 'a.-b' }, '--secret-name registry-tls'],
  [{ name: 'a-.b' }, '--secret-name registry-tls'],
  [{ name: 'a\nb: c' }, '--secret-name registry-tls'],
  [{ name: `${'a.'.repeat(126)}ab` }, '--secret-name registry-tls'],
  [{ namespace: 'a.b' }, '--namespace registry'],
  [{ namespace: 'a'.repeat(64) }, '--namespace registry'],
])('%j is refused', (wrong, hint) => {
  expect(() => made(wrong)).toThrow(expect.objectContaining({ code: 'invalid-value', hint }));
});

test('the longest that Kubernetes takes', () => {
  expect(made({ name: `${'a.'.repeat(126)}a`, namespace: 'a'.repeat(63) })).toContain('aaa');
});
