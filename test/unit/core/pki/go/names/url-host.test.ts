import { describe, expect, test } from '@jest/globals';
import { urlHost } from '../../../../../../src/core/pki/go/names/url-host.js';
import { rulesOf } from '../../../../../../src/core/pki/go/rules/generation.js';
import { tried } from '../../../../../../src/core/pki/go/rules/refusal.js';

const hostOf = (url: string) => {
  const { value, refusal } = tried(() => urlHost(url, rulesOf('1.24')));
  return refusal === null ? value : refusal.code;
};

/** net/url, Parse. */
describe('the host of a URL', () => {
  test.each([
    ['https://registry.test/v2/', 'registry.test'],
    ['https://registry.test:8443/x?y#z', 'registry.test:8443'],
    ['https://u:p@registry.test', 'registry.test'],
    // The last @ ends the user; one before it is a character like others (validUserinfo).
    ['https://a@b@registry.test', 'registry.test'],
    ['https://a"b@registry.test', 'alternative-url-malformed'],
    ['spiffe://trust.domain/workload', 'trust.domain'],
    ['//registry.test/x', 'registry.test'],
    ['urn:uuid:1', ''],
    ['mailto:a@test', ''],
    ['/path', ''],
    ['', ''],
    ['*', ''],
    ['https://[fd00::1]:443/', '[fd00::1]:443'],
    ['https://registry.test:http/', 'alternative-url-malformed'],
    ['https://reg istry.test/', 'alternative-url-malformed'],
    ['https://registry.test/%zz', 'alternative-url-malformed'],
    ['https://registry.test/\n', 'alternative-url-malformed'],
    ['://registry.test', 'alternative-url-malformed'],
    ['a:b', ''],
    ['1a:b/c', 'alternative-url-malformed'],
  ])('%j: %j', (url, expected) => {
    expect(hostOf(url)).toBe(expected);
  });
});
