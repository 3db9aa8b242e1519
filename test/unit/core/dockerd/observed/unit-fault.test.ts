import { describe, expect, test } from '@jest/globals';
import { unitFault, withEmptyStart } from '../../../../../src/core/dockerd/observed/unit-fault.js';

const DROP_IN = '/etc/systemd/system/docker.service.d/x.conf';
const cat = (dropIn: string, type = 'notify') =>
  `# /lib/systemd/system/docker.service\n[Service]\nType=${type}\nExecStart=/usr/sbin/dockerd -H fd://\n\n# ${DROP_IN}\n[Service]\n${dropIn}\n`;

describe('unitFault', () => {
  test('is a second ExecStart= without an empty one before it, loaded or not', () => {
    for (const refused of [false, true])
      expect(unitFault(cat('ExecStart=/usr/sbin/dockerd'), refused)).toMatchObject({
        path: DROP_IN,
        advice: `put a line "ExecStart=" above the one in ${DROP_IN}`,
      });
  });

  test.each([
    ['ExecStart=\nExecStart=/usr/sbin/dockerd', 'notify'],
    ['Environment=A=b', 'notify'],
    ['ExecStart=/usr/bin/true', 'oneshot'],
  ])('is none of %j with Type=%s', (dropIn, type) => {
    expect(unitFault(cat(dropIn, type), false)).toBeNull();
  });

  test('is what systemd says, where it is something else', () => {
    expect(unitFault(cat('ExecStart='), true)).toMatchObject({ path: DROP_IN });
    expect(unitFault(cat('Restart=perhaps'), true)).toMatchObject({ path: null });
  });
});

test('an empty ExecStart= goes above the last', () => {
  expect(withEmptyStart('[Service]\nA=b\nExecStart=x\n')).toBe(
    '[Service]\nA=b\nExecStart=\nExecStart=x\n',
  );
  expect(withEmptyStart('[Service]\n')).toBe('[Service]\n');
});
