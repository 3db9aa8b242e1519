import { expect, test } from '@jest/globals';
import { sameWords } from '../../../../src/core/text/same-words.js';

const KEYS = [
  'min-api-version',
  'ipv6',
  'default-shm-size',
  'dns',
  'dns-opts',
  'firewall-backend',
  'log-opts',
  'log-level',
];

test.each([
  ['api-min-version', ['min-api-version']],
  ['minimum-api-version', ['min-api-version']],
  ['enableIPv6', ['ipv6']],
  ['shm-size', ['default-shm-size']],
  ['dns-options', ['dns-opts']],
  ['firewall', ['firewall-backend']],
  ['docker-log-level', ['log-level']],
  // One word of several, or the last alone, means nothing.
  ['log', []],
  ['size', []],
  ['version', []],
  ['', []],
  ['x'.repeat(1000), []],
  [
    Array.from({ length: 50 }, () => 'log')
      .join('-')
      .slice(0, 64),
    [],
  ],
])('%s', (name, found) => {
  expect(sameWords(name, KEYS)).toEqual(found);
});
