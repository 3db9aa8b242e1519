import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { temporaryFolder } from '../../support/node-host.js';

test('a source tree of moby is held against the table', () => {
  const tree = temporaryFolder();
  mkdirSync(join(tree, 'daemon/config'), { recursive: true });
  mkdirSync(join(tree, 'daemon/command'), { recursive: true });
  writeFileSync(
    join(tree, 'daemon/config/config.go'),
    'type CommonConfig struct {\n\tDebug bool `json:"debug,omitempty"`\n\tNew string `json:"new-thing"`\n}\n',
  );
  writeFileSync(
    join(tree, 'daemon/command/config.go'),
    [
      'flags.BoolVarP(&conf.Debug, "debug", "D", false, "")',
      'flags.Var(opts.NewNamedListOptsRef("labels", &conf.Labels, nil), "label", "")',
      'flags.StringVar(&conf.New, "new-flag", "", "")',
    ].join('\n'),
  );
  const { status, stdout } = spawnSync(process.execPath, ['build/next-engine.mjs', tree, '29'], {
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  const part = (title: string) =>
    new RegExp(`^${title} \\(\\d+\\)\\n((?:  .*\\n)*)`, 'm')
      .exec(stdout)?.[1]
      ?.split(/\s+/)
      .filter(Boolean);
  expect(part('keys that the table has not')).toEqual(['new-thing']);
  expect(part('keys that the tree has not')).not.toContain('debug');
  expect(part('flags that the table has not')).toEqual(['new-flag']);
  expect(part('flags that the tree has not')).not.toContain('label');
});
