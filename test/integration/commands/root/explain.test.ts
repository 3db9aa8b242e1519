import { expect, test } from '@jest/globals';
import { rootWith } from '../../../support/daemon-json.js';

test('explains the codes that it is given, brackets or not', async () => {
  const { status, stdout } = await rootWith(null).run('explain', '[agent-paused]', 'locked');
  expect(status).toBe(0);
  expect(stdout).toBe(
    [
      'agent-paused: info (The CLI, the neighbours of dockerd, and the machine below it)',
      '  The agent reports and does not repair.',
      '  What to do: dockerctl resume.',
      '',
      'locked: error, exit status 6 (Errors)',
      '  Another dockerctl is changing this machine, or waits for a confirmation; who is named.',
      '',
    ].join('\n'),
  );
});

test('names the nearest of a code that there is not', async () => {
  const printed = await rootWith(null).run('explain', 'agent-pausd');
  expect(printed).toMatchObject({
    status: 3,
    stderr: expect.stringMatching(/Try: dockerctl .*explain agent-paused\n/),
  });
});

test('without a code lists all', async () => {
  const { stdout } = await rootWith(null).run('explain');
  expect(stdout.split('\n').length).toBeGreaterThan(300);
  expect(stdout).toMatch(/^unknown-key +error +No engine knows the key/m);
});
