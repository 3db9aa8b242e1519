import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isDockerctlError } from '../../../../src/errors.js';
import { formatRegistry, parseRegistry } from '../../../../src/core/registry/address.js';
import { refusalOf } from '../../../support/refusal.js';

const refusal = (text: string) => refusalOf('invalid-registry-name', () => parseRegistry(text));

describe('parseRegistry accepts', () => {
  test.each([
    ['registry.example.com', 'registry.example.com', null],
    ['registry.example.com:5000', 'registry.example.com', 5000],
    ['localhost', 'localhost', null],
    ['localhost:5000', 'localhost', 5000],
    ['reg:443', 'reg', 443],
    ['192.0.2.10', '192.0.2.10', null],
    ['192.0.2.10:5000', '192.0.2.10', 5000],
    ['[2001:db8::1]', '2001:db8::1', null],
    ['[2001:db8::1]:5000', '2001:db8::1', 5000],
    ['a-b.c-d.example:65535', 'a-b.c-d.example', 65535],
    ['xn--rgistre-bya.example', 'xn--rgistre-bya.example', null],
    ['1password.example', '1password.example', null],
  ])('%s without a word', (text, host, port) => {
    expect(parseRegistry(text)).toEqual({ name: text, host, port, notes: [] });
  });

  test.each([
    ['https://reg.example:5000', 'reg.example:5000', /scheme/],
    ['HTTPS://reg.example', 'reg.example', /scheme/],
    ['https:/reg.example', 'reg.example', /scheme/],
    ['//reg.example', 'reg.example', /scheme/],
    ['docker://reg.example/team/app', 'reg.example', /scheme/],
    ['http://reg.example', 'reg.example', /write reg\.example:80/],
    ['reg.example:5000/', 'reg.example:5000', /"\/" was taken off/],
    ['reg.example/v2/', 'reg.example', /"\/v2\/" was taken off/],
    ['reg.example:5000/team/app:1.0', 'reg.example:5000', /before the first \//],
    ['https://reg.example?x=1#y', 'reg.example', /"\?x=1#y" was taken off/],
    ['Reg.Example:5000', 'Reg.Example:5000', /letter by letter/],
    ['reg', 'reg', /Docker Hub/],
  ])('%s with a note', (text, name, note) => {
    const address = parseRegistry(text);
    expect(address.name).toBe(name);
    expect(address.notes.join('\n')).toMatch(note);
  });
});

describe('parseRegistry refuses', () => {
  test('credentials, without repeating them', () => {
    const error = refusal('https://admin:s3cret@reg.example:5000/v2/');
    expect(error.message).toMatch(/password do not belong/);
    expect(error.hint).toMatch(/docker login reg\.example:5000/);
    expect(error.message + error.hint).not.toMatch(/s3cret|admin/);
  });

  test('and never lets a control character through to the terminal', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        try {
          const { name, notes } = parseRegistry(text);
          expect(name + notes.join('')).not.toMatch(/\p{Cc}/u);
        } catch (error) {
          if (!isDockerctlError(error)) throw error;
          expect(error.message + error.hint).not.toMatch(/\p{Cc}/u);
        }
      }),
    );
  });
});

describe('a name', () => {
  const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?$/);
  const host = fc.oneof(
    fc.array(label, { minLength: 1, maxLength: 4 }).map((parts) => `h${parts.join('.')}`),
    fc.ipV4(),
    fc.ipV6().filter((address) => !address.includes('.')),
  );
  const port = fc.option(fc.integer({ min: 1, max: 65535 }), { nil: null });

  test('formatted and parsed again is the same address', () => {
    fc.assert(
      fc.property(host, port, (host, port) => {
        const name = formatRegistry({ host, port });
        const parsed = parseRegistry(name);
        expect(parsed).toMatchObject({ name, host, port });
        expect(formatRegistry(parsed)).toBe(name);
      }),
    );
  });

  test('is found again however it was pasted', () => {
    const scheme = fc.constantFrom('', 'https://', 'http://', 'HTTPS://');
    const path = fc.constantFrom('', '/', '/v2/', '/v2/_catalog');
    fc.assert(
      fc.property(fc.record({ host, port, scheme, path }), ({ host, port, scheme, path }) => {
        const name = formatRegistry({ host, port: port ?? 443 });
        expect(parseRegistry(scheme + name + path).name).toBe(name);
      }),
    );
  });
});
