import { chmodSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { rootWith, type Root } from '../../../support/daemon-json.js';
import { temporaryFolder } from '../../../support/node-host.js';

const { EDITOR, VISUAL } = process.env;

beforeEach(() => {
  delete process.env.VISUAL;
});

afterEach(() => {
  for (const [name, value] of Object.entries({ EDITOR, VISUAL }))
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
});

/** An editor that runs this shell script; the file is its last argument, $1 without options. */
function useEditor(script: string, options = ''): void {
  const program = join(temporaryFolder(), 'editor');
  writeFileSync(program, `#!/bin/sh\n${script}\n`);
  chmodSync(program, 0o755);
  process.env.EDITOR = `${program} ${options}`;
}

const strayFiles = (root: Root): string[] =>
  readdirSync(root.at('var/lib/dockerctl')).filter((name) => name.startsWith('edit-'));

describe('config edit', () => {
  test('applies what the editor saved, byte for byte', async () => {
    const root = rootWith('{"debug": true}');
    useEditor(`printf '{\\r\\n\\t"mtu" : 1400}' > "$1"`);
    expect(await root.run('config', 'edit')).toMatchObject({ status: 0 });
    expect(root.text()).toBe('{\r\n\t"mtu" : 1400}');
    expect(strayFiles(root)).toEqual([]);
  });

  test('starts with the file as it is, and knows when nothing was changed', async () => {
    const root = rootWith('{"debug": true}');
    useEditor(`grep -q '^{"debug": true}$' "$1"`);
    expect(await root.run('config', 'edit')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^Unchanged/),
    });
  });

  test('passes options of $EDITOR on, and takes what an editor leaves beside the copy away', async () => {
    const root = rootWith(null);
    useEditor(`[ "$1" = --wait ] && echo '{}' > "$2" && touch "$2~"`, '--wait');
    expect(await root.run('config', 'edit')).toMatchObject({ status: 0 });
    expect(root.text()).toBe('{}\n');
    expect(strayFiles(root)).toEqual([]);
  });

  test('refuses what is wrong, with the place, and keeps the old file', async () => {
    const root = rootWith('{"debug": true}');
    useEditor(`printf '{\\n  "debug" true\\n}' > "$1"`);
    expect(await root.run('config', 'edit')).toMatchObject({
      status: 3,
      stdout: '',
      stderr: expect.stringMatching(/daemon\.json:2:11: a : is missing/),
    });
    expect(root.text()).toBe('{"debug": true}');
  });

  test('fixes a file that was wrong before', async () => {
    const root = rootWith('{"debug": tru');
    useEditor(`echo '{"debug": true}' > "$1"`);
    expect(await root.run('config', 'edit')).toMatchObject({ status: 0 });
    expect(root.text()).toBe('{"debug": true}\n');
  });

  test('with --yes comments go to the side file', async () => {
    const root = rootWith('{}');
    useEditor(`printf '{\\n  // why\\n  "debug": true\\n}\\n' > "$1"`);
    expect(await root.run('config', 'edit', '--yes')).toMatchObject({ status: 0 });
    expect(root.text()).toBe('{\n  "debug": true\n}\n');
  });

  test('changes nothing when the editor fails or is not there', async () => {
    const root = rootWith('{}');
    useEditor('echo "{" > "$1"; exit 3');
    expect(await root.run('config', 'edit')).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('ended with status 3: nothing was changed.'),
    });
    process.env.EDITOR = '/nowhere/editor';
    expect(await root.run('config', 'edit')).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('There is no /nowhere/editor on this machine, which $VISUAL'),
    });
    expect(root.text()).toBe('{}');
  });
});
