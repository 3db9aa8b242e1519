import { expect, test } from '@jest/globals';
import { agentCommand, unitText } from '../../../../src/core/text/unit-template.js';

test('a unit starts the very dockerctl that wrote it, whatever its path holds', () => {
  const values = {
    command: agentCommand(['/usr/bin/node', '/opt/my tools/100%/$x/dockerctl.cjs']),
    writable: ['/etc/docker', '/srv/a b'],
  };
  expect(unitText('ExecStart=@COMMAND@ watch\nReadWritePaths=@WRITABLE@\n', values)).toBe(
    'ExecStart=/usr/bin/node --max-semi-space-size=1 --v8-pool-size=1 --optimize-for-size "/opt/my tools/100%%/$$x/dockerctl.cjs" watch\n' +
      'ReadWritePaths=-/etc/docker "-/srv/a b"\n',
  );
});
