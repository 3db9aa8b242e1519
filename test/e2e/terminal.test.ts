import { beforeEach, describe, expect, test } from '@jest/globals';
import { useMachine, type Ran } from './support/machine.js';

const CONFIG = '/etc/docker/daemon.json';
const COMMENTED = '{\n  // why\n  "debug": true\n}\n';

/** Breaks a whole file, and fixes a broken one; says where it was started. */
const EDITOR = `#!/bin/sh
test -t 0 && test -t 1 && echo 'the editor has the terminal'
if grep -q true "$1"; then sed -i s/true/tru/ "$1"; else sed -i 's/"debug": tru/"debug": false/' "$1"; fi
`;

describe('on a terminal', () => {
  const machine = useMachine();

  beforeEach(async () => {
    await machine.write(CONFIG, COMMENTED);
    await machine.write('/usr/local/bin/fickle-editor', EDITOR, '0755');
  });

  /** script(1) gives the command a terminal of its own, and types the answer. */
  const typing = (answer: string, line: string): Promise<Ran> =>
    machine.exec(['script', '--quiet', '--return', '--command', line, '/dev/null'], {
      input: `${answer}\n`,
      env: { EDITOR: 'fickle-editor', TERM: 'xterm' },
    });

  test('a file with comments is rewritten after a yes, and its comments are kept', async () => {
    const ran = await typing('y', 'dockerctl insecure add a.test:5000');
    expect(ran).toMatchObject({ status: 0, stdout: expect.stringContaining('[y/N]') });
    expect(JSON.parse(await machine.read(CONFIG))).toEqual({
      debug: true,
      'insecure-registries': ['a.test:5000'],
    });
    expect(await machine.read(`${CONFIG}.comments`)).toContain('// why');
  });

  test.each(['n', ''])('and left as it is after %j', async (answer) => {
    expect(await typing(answer, 'dockerctl insecure add a.test:5000')).toMatchObject({ status: 3 });
    expect(await machine.read(CONFIG)).toBe(COMMENTED);
  });

  test('config edit offers the text again until it is right', async () => {
    await machine.write(CONFIG, '{ "debug": true }\n');
    const ran = await typing('y', 'dockerctl config edit');
    expect(ran).toMatchObject({ status: 0 });
    expect(ran.stdout.match(/the editor has the terminal/g)).toHaveLength(2);
    expect(ran.stdout).toContain('Edit it again? [y/N]');
    expect(await machine.read(CONFIG)).toBe('{ "debug": false }\n');
  });

  test('config edit that is given up keeps the old file', async () => {
    await machine.write(CONFIG, '{ "debug": true }\n');
    expect(await typing('n', 'dockerctl config edit')).toMatchObject({ status: 3 });
    expect(await machine.read(CONFIG)).toBe('{ "debug": true }\n');
  });
});
