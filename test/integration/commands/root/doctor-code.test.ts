import { expect, test } from '@jest/globals';
import { rootWith } from '../../../support/daemon-json.js';

test('doctor refuses a code that no finding has', async () => {
  expect(await rootWith('{}').run('doctor', '--fix', 'nonsense-code')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('"nonsense-code" is not the code of a finding'),
  });
});
