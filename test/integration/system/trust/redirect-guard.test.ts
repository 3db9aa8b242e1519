import { expect, test } from '@jest/globals';
import { leadsInside } from '../../../../src/system/trust/redirect-guard.js';
import { realHost } from '../../../support/node-host.js';

const NAMES: Readonly<Record<string, readonly string[] | string>> = {
  'outer.test': ['203.0.113.7'],
  'inner.test': ['127.0.0.1'],
  'both.test': ['203.0.113.7', '127.0.0.1'],
  'metadata.test': ['169.254.169.254'],
  'slow.test': 'ETIMEDOUT',
  'broken.test': 'EAI_AGAIN',
};

const host = {
  ...realHost(null),
  net: {
    ...realHost(null).net,
    resolve: (name: string) => {
      const found = NAMES[name] ?? 'ENOTFOUND';
      return typeof found === 'string'
        ? Promise.reject(Object.assign(new Error(found), { code: found }))
        : Promise.resolve([...found]);
    },
  },
};

test.each([
  ['outer.test', 'inner.test', true],
  ['outer.test', 'both.test', true],
  ['outer.test', 'metadata.test', true],
  ['inner.test', 'inner.test', false],
  ['inner.test', 'metadata.test', false],
  ['both.test', 'metadata.test', true],
  ['nowhere.test', 'inner.test', true],
  ['broken.test', 'inner.test', true],
  ['slow.test', 'inner.test', true],
  ['outer.test', 'slow.test', true],
  ['outer.test', 'broken.test', true],
  ['outer.test', 'nowhere.test', false],
  ['broken.test', 'outer.test', false],
])('from %s to %s leads inside: %s', async (from, to, inside) => {
  expect(await leadsInside(host, { from, to, timeoutMs: 1_000 })).toBe(inside);
});
