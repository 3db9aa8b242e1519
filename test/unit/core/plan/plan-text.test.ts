import { describe, expect, test } from '@jest/globals';
import type { FileChange, FileImage, Plan } from '../../../../src/core/plan/plan.js';
import { planDiff } from '../../../../src/core/plan/plan-text.js';

const image = (text: string, mode = 0o644): FileImage => ({
  content: { text },
  mode,
  uid: 0,
  gid: 0,
});

const planOf = (...changes: FileChange[]): Plan => ({
  title: 'test',
  changes,
  prune: [],
  refresh: [],
  activation: { action: 'none', reasons: [] },
  expect: [],
  notes: [],
});

describe('planDiff', () => {
  test('shows a change as a unified diff', () => {
    const before = image('{\n  "debug": false\n}\n');
    const after = image('{\n  "debug": true\n}\n');
    expect(planDiff(planOf({ path: '/etc/docker/daemon.json', before, after }))).toBe(
      [
        '--- a/etc/docker/daemon.json',
        '+++ b/etc/docker/daemon.json',
        '@@ -1,3 +1,3 @@',
        ' {',
        '-  "debug": false',
        '+  "debug": true',
        ' }',
        '',
      ].join('\n'),
    );
  });

  test('a new file stands against /dev/null', () => {
    const diff = planDiff(
      planOf({ path: '/etc/docker/daemon.json', before: null, after: image('{}\n') }),
    );
    expect(diff).toContain('--- /dev/null\n+++ b/etc/docker/daemon.json\n');
    expect(diff).toContain('+{}');
  });

  test('a secret is named and never shown', () => {
    const after: FileImage = {
      content: { secret: 'ab'.repeat(32), size: 241 },
      mode: 0o600,
      uid: 0,
      gid: 0,
    };
    expect(planDiff(planOf({ path: '/c/client.key', before: null, after }))).toBe(
      'new /c/client.key (a secret of 241 bytes, not shown)\n',
    );
  });

  test('nor is a key that somebody put beside certificates', () => {
    const before = image('-----BEGIN EC PRIVATE KEY-----\nMHc\n-----END EC PRIVATE KEY-----\n');
    const says = (after: FileImage | null) =>
      planDiff(planOf({ path: '/c/ca.crt', before, after }));
    expect(says(image('another\n'))).toBe(
      'changed /c/ca.crt (with a private key in it, not shown)\n',
    );
    expect(says(null)).toBe('deleted /c/ca.crt (with a private key in it, not shown)\n');
  });

  test('a change of mode alone is shown as git shows it', () => {
    expect(
      planDiff(planOf({ path: '/f', before: image('x', 0o644), after: image('x', 0o600) })),
    ).toBe('old mode 644\nnew mode 600\n');
  });
});
