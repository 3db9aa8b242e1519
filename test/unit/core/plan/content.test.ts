import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bytesOf, contentOf, fingerprintOf, secretOf } from '../../../../src/core/plan/content.js';

describe('content', () => {
  test('any bytes come back as they were', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(Buffer.from(bytesOf(contentOf(bytes), new Map()))).toEqual(Buffer.from(bytes));
      }),
    );
  });

  test('a BOM and CRLF stay in the text', () => {
    expect(contentOf(Buffer.from('\uFEFF{}\r\n'))).toEqual({ text: '\uFEFF{}\r\n' });
  });

  test('what is not UTF-8 is base64', () => {
    expect(contentOf(Buffer.from([0xff, 0x00]))).toEqual({ base64: '/wA=' });
  });

  test('a secret is only named, and found by its name', () => {
    const bytes = Buffer.from('key');
    const content = secretOf(bytes);
    expect(JSON.stringify(content)).not.toContain('key');
    expect(bytesOf(content, new Map([[content.secret, bytes]]))).toBe(bytes);
    expect(fingerprintOf({ content, mode: 0o600, uid: 0, gid: 0 }).sha256).toBe(content.secret);
  });

  test('a secret that is missing, or is not what it says, is a bug', () => {
    const { secret } = secretOf(Buffer.from('key'));
    const content = { secret, size: 3 };
    for (const secrets of [new Map(), new Map([[secret, Buffer.from('other')]])])
      expect(() => bytesOf(content, secrets)).toThrow(expect.objectContaining({ code: 'bug' }));
  });
});
