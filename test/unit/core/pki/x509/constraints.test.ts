import { describe, expect, test } from '@jest/globals';
import {
  assertPermitted,
  decodeConstraints,
  encodeConstraints,
  outside,
  parsePermit,
} from '../../../../../src/core/pki/x509/constraints.js';
import { decode } from '../../../../../src/core/pki/asn1/der.js';
import { parseNames } from '../../../../../src/core/pki/x509/names.js';

const names = (...domains: string[]) =>
  parseNames({ domains, ips: [], emails: [], uris: [] }).names;
const refused = (permit: string[], ...domains: string[]) =>
  outside(names(...domains), parsePermit(permit)!).map(({ value }) => value);

describe('--permit', () => {
  test('nothing permitted is no constraint at all', () => {
    expect(parsePermit([])).toBeNull();
  });

  test('domains alone exclude every address, or each client would accept any', () => {
    expect(parsePermit(['.Example.com', '*.corp.test'])).toEqual({
      permitted: { dns: ['example.com', 'corp.test'], ip: [] },
      excluded: { dns: [], ip: ['0.0.0.0/0', '::/0'] },
    });
  });

  test('ranges alone exclude every domain', () => {
    expect(parsePermit(['10.1.0.0/8', '2001:db8::1'])).toEqual({
      permitted: { dns: [], ip: ['10.0.0.0/8', '2001:db8::1/128'] },
      excluded: { dns: [''], ip: [] },
    });
  });

  test.each([['https://example.com'], ['10.0.0.0/40'], ['a_b.test'], ['']])(
    '%j is refused',
    (typed) => {
      expect(() => parsePermit([typed])).toThrow(
        expect.objectContaining({
          code: 'invalid-value',
          hint: expect.stringMatching(/^--permit/u),
        }),
      );
    },
  );

  test('survives DER', () => {
    const constraints = parsePermit(['example.com', '10.0.0.0/8', '2001:db8::/32'])!;
    expect(decodeConstraints(decode(encodeConstraints(constraints)))).toEqual(constraints);
  });
});

describe('what an authority may not sign for', () => {
  test.each([
    [['example.com'], ['example.com', 'a.b.example.com', '*.example.com'], []],
    [
      ['example.com'],
      ['badexample.com', 'example.com.evil.test'],
      ['badexample.com', 'example.com.evil.test'],
    ],
    [['example.com'], ['10.0.0.1', '::1'], ['10.0.0.1', '::1']],
    [['10.0.0.0/8'], ['10.2.3.4', '11.0.0.1', '::1', 'a.test'], ['a.test', '11.0.0.1', '::1']],
    [['example.com', '10.0.0.0/8'], ['example.com', '10.0.0.1'], []],
  ])('%j with %j: %j', (permit, typed, expected) => {
    expect(refused(permit, ...typed).sort()).toEqual([...expected].sort());
  });
});

test.each([
  ['a@example.com', 'https://x.example.com/y', true],
  ['a@evil.test', 'https://example.com', false],
  ['a@example.com', 'https://example.com.evil.test/', false],
  ['a@example.com', 'urn:example:com', false],
])('mail addresses and URIs are signed for permitted domains alone: %s, %s', (mail, uri, may) => {
  const wanted = parseNames({ domains: [], ips: [], emails: [mail], uris: [uri] }).names;
  const sign = () => {
    assertPermitted(wanted, [parsePermit(['example.com'])!]);
  };
  if (may) expect(sign).not.toThrow();
  else expect(sign).toThrow(expect.objectContaining({ code: 'invalid-value' }));
});
