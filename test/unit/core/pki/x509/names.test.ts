import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseNames, type NameRequest } from '../../../../../src/core/pki/x509/names.js';

const NONE: NameRequest = { domains: [], ips: [], emails: [], uris: [] };
const domain = (text: string) => parseNames({ ...NONE, domains: [text] });
const ip = (text: string) => parseNames({ ...NONE, ips: [text] });
const thrown = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    return error as { code: string; message: string; hint: string };
  }
  throw new Error('nothing was thrown');
};

describe('names that a certificate can carry', () => {
  test.each([
    ['registry.example.com', 'registry.example.com'],
    ['Registry.Example.COM.', 'registry.example.com'],
    ['localhost', 'localhost'],
    ['*.example.com', '*.example.com'],
    ['例子.测试', 'xn--fsqu00a.xn--0zwm56d'],
    ['*.Bücher.example', '*.xn--bcher-kva.example'],
    ['a--b.example', 'a--b.example'],
    ['1.example', '1.example'],
  ])('%s becomes dns:%s', (typed, value) => {
    expect(domain(typed).names).toEqual([{ kind: 'dns', value }]);
  });

  test.each([
    ['192.0.2.10', '192.0.2.10'],
    ['[2001:DB8:0::1]', '2001:db8::1'],
    ['::ffff:10.0.0.1', '::ffff:a00:1'],
  ])('the address %s given as a domain goes to the IP names with a note', (typed, value) => {
    const { names, notes } = domain(typed);
    expect(names).toEqual([{ kind: 'ip', value }]);
    expect(notes).toEqual([expect.stringContaining('it went to the IP names')]);
  });

  test('mail addresses and URIs keep what is theirs', () => {
    const { names } = parseNames({ ...NONE, emails: ['Ops@Example.com'], uris: ['spiffe://a/b'] });
    expect(names).toEqual([
      { kind: 'email', value: 'Ops@example.com' },
      { kind: 'uri', value: 'spiffe://a/b' },
    ]);
  });

  test('a name given twice, in another spelling too, stands once', () => {
    const { names } = parseNames({
      ...NONE,
      domains: ['a.test', 'A.test', '::1'],
      ips: ['0:0::1'],
    });
    expect(names).toEqual([
      { kind: 'dns', value: 'a.test' },
      { kind: 'ip', value: '::1' },
    ]);
  });
});

test('a plain name is taken at once, and is what the whole table of refusals takes too', () => {
  // With its final dot no name is plain.
  const plain = fc.stringMatching(/^(?:[a-z0-9](?:[a-z0-9-]{0,9}[a-z0-9])?\.){1,9}[a-z]{2,9}$/);
  fc.assert(
    fc.property(plain, (name) => {
      expect(domain(name)).toEqual(domain(`${name}.`));
    }),
  );
});

describe('names that are refused', () => {
  test.each([
    ['', 'it is empty', '--domain registry.example.com'],
    ['https://reg.example.com:5000/v2', 'it is a URL', '--domain reg.example.com'],
    ['reg.example.com:5000', 'every port', '--domain reg.example.com'],
    ['my_registry.example.com', 'no underscore', '--domain my-registry.example.com'],
    ['10.0.0.0/8', 'it is a range', '--ip 192.0.2.10'],
    ['2001:db8::/32', 'it is a range', '--ip 192.0.2.10'],
    ['a..b', 'nothing between two dots', '--domain a.b'],
    ['.example.com', 'nothing between two dots', '--domain example.com'],
    ['../../etc/passwd', 'nothing between two dots', '--domain'],
    ['..', 'nothing between two dots', '--domain'],
    ['a,b', 'one name at a time', '--domain registry.example.com --domain'],
    ['foo bar', 'one name at a time', '--domain registry.example.com --domain'],
    ['ops@example.com', 'mail address', '--email'],
    ['a.*.example.com', 'whole leftmost label', '"*.example.com"'],
    ['w*.example.com', 'whole leftmost label', '"*.example.com"'],
    ['*', 'whole leftmost label', '"*.example.com"'],
    ['*.com', 'directly below a top-level name', '"*.apps.example"'],
    ['-a.example', 'hyphen', '--domain'],
    ['a/b', 'letters, digits and hyphens', '--domain'],
    ['a\u0000b.example', 'letters, digits and hyphens', '--domain'],
    ['999.1.1.1', 'looks like an IP address', '--ip'],
    ['1.2.3', 'looks like an IP address', '--ip'],
    ['fe80::1%eth0', 'letters, digits and hyphens', '--domain'],
    [`${'a'.repeat(64)}.example`, 'at most 63', '--domain'],
    [`${'a.'.repeat(127)}example`, 'more than 253', '--domain'],
  ])('%j: %s', (typed, reason, hint) => {
    const error = thrown(() => domain(typed));
    expect(error.code).toBe('invalid-value');
    expect(error.message).toContain(reason);
    expect(error.hint).toContain(hint);
  });

  test.each([
    ['10.0.0.0/8', 'not ranges'],
    ['10.0.0.1-10.0.0.9', 'not ranges'],
    ['fe80::1%eth0', 'one machine only'],
    ['12345::', 'neither IPv4 nor IPv6'],
    ['1::2::3', 'neither IPv4 nor IPv6'],
    ['', 'neither IPv4 nor IPv6'],
  ])('the address %j: %s', (typed, reason) => {
    expect(thrown(() => ip(typed)).message).toContain(reason);
  });

  test('control characters never reach the terminal', () => {
    expect(thrown(() => domain('\u001b[31m.example')).message).not.toContain('\u001b');
  });

  test.each(['nobody', 'a@b c', 'ä@example.com'])('the mail address %j', (email) => {
    expect(thrown(() => parseNames({ ...NONE, emails: [email] })).code).toBe('invalid-value');
  });

  test.each(['example.com', 'http://exa mple', 'http://例子'])('the URI %j', (uri) => {
    expect(thrown(() => parseNames({ ...NONE, uris: [uri] })).code).toBe('invalid-value');
  });
});
