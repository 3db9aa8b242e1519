import { expect, test } from '@jest/globals';
import {
  formatDeployTargets,
  hasDeployTarget,
  parseDeployTargets,
  type DeployTarget,
  withDeployTarget,
} from '../../../../../src/core/pki/authority/deploy-targets.js';

const folder: DeployTarget = { kind: 'folder', path: '/srv/tls' };
const harbor: DeployTarget = { kind: 'harbor', path: '/srv/tls' };

test.each(['registry.example.com', 'constructor', '__proto__'])(
  'the places of %s are remembered once each, and read back',
  (name) => {
    expect(hasDeployTarget(new Map(), name, folder)).toBe(false);
    const targets = [folder, harbor, folder].reduce(
      (all, target) => withDeployTarget(all, name, target),
      withDeployTarget(new Map(), 'other', folder),
    );
    expect(targets.get(name)).toEqual([harbor, folder]);
    expect(parseDeployTargets(formatDeployTargets(targets))).toEqual(targets);
  },
);

test('a server has one certificate, and a folder has many', () => {
  const targets = withDeployTarget(withDeployTarget(new Map(), 'old', harbor), 'old', folder);
  const after = withDeployTarget(withDeployTarget(targets, 'new', harbor), 'new', folder);
  expect(after).toEqual(
    new Map([
      ['old', [folder]],
      ['new', [harbor, folder]],
    ]),
  );
  expect(
    withDeployTarget(withDeployTarget(new Map(), 'old', harbor), 'new', harbor).has('old'),
  ).toBe(false);
});

test.each(['', '[]', 'null', '{"a":1}', '{"a":[{"kind":"folder"}]}'])('%j is damaged', (text) => {
  expect(parseDeployTargets(text)).toBeNull();
});
