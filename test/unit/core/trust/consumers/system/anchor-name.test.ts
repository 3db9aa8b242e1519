import { X509Certificate } from 'node:crypto';
import { expect, test } from '@jest/globals';
import {
  anchorName,
  anchorOwner,
  isAnchorOf,
} from '../../../../../../src/core/trust/consumers/system/anchor-name.js';
import { root } from '../../../../../support/chains/judged.js';

const one = new X509Certificate(root());
const id = one.fingerprint256.replaceAll(':', '').slice(0, 8).toLowerCase();

test('one certificate of one registry has one name, which tells whose it is', () => {
  const name = anchorName('registry.test:5000', one);
  expect(name).toBe(`dockerctl-registry.test_5000-${id}`);
  expect(anchorOwner(name)).toBe('registry.test_5000');
  expect(isAnchorOf('registry.test:5000', name)).toBe(true);
  expect(isAnchorOf('registry.test', name)).toBe(false);
});

test('what may not stand in the name of a file does not', () => {
  expect(anchorName('../a b/$(x)', one)).toBe(`dockerctl-.._a_b___x_-${id}`);
});

test.each(['corp-ca', 'dockerctl-r', `dockerctl-r-${id}0`, `other-r-${id}`])(
  '%s is none of ours',
  (name) => {
    expect(anchorOwner(name)).toBeNull();
  },
);
