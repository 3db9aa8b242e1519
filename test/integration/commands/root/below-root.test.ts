import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { temporaryFolder } from '../../../support/node-host.js';
import { dockerctl } from '../../../support/program.js';

/** Commands in a text that a shell would run on this machine's own files. */
const ofThisMachine = (text: string) =>
  [...text.matchAll(/(?<![\w/.-])dockerctl +(?!--root )([a-z-]+)/g)].map(([, word]) => word);

test('what answers below a root name to type next is about the machine below that root', async () => {
  const root = temporaryFolder();
  const wanted = '/wanted.json5';
  writeFileSync(join(root, wanted), '{ daemon: { debug: true } }');
  const lines = [
    ['status'],
    ['service', 'status'],
    ['config', 'set', 'debug', 'false'],
    ['certs', 'init'],
    ['certs', 'issue', '--domain', 'a.test'],
    ['adopt'],
    ['config', 'set', 'debug', 'true'],
    ['drift', '-f', wanted],
    ['apply', '-f', wanted],
    ['status'],
    ['config', 'history'],
    ['config', 'rollback', '--dry-run'],
    ['trust', 'list'],
    ['doctor'],
  ];
  const said: Record<string, unknown> = {};
  for (const words of lines) {
    const { stdout, stderr } = await dockerctl(...words, '--root', root);
    const wrong = ofThisMachine(`${stdout}${stderr}`);
    if (wrong.length > 0) said[words.join(' ')] = wrong;
  }
  expect(said).toEqual({});
  const { stdout } = await dockerctl('config', 'unset', 'debug', '--root', root);
  expect(stdout).toContain(`Undo: dockerctl --root ${root} config rollback `);
});

test('an empty --root is no root', async () => {
  const { status, stderr } = await dockerctl('status', '--root', '');
  expect(status).toBe(2);
  expect(stderr).toContain('--root is empty');
});

test('what dockerd would refuse of a declaration is told with its place in the declaration', async () => {
  const root = temporaryFolder();
  const wanted = '/wanted.json5';
  const apply = async (text: string) => {
    writeFileSync(join(root, wanted), text);
    return (await dockerctl('apply', '-f', wanted, '--root', root)).stderr;
  };
  expect(await apply('{ daemon: { mtu: "x" } }')).toContain(`start with this: ${wanted}:1:18: `);
  expect(await apply('{\n  daemon: { nosuch: 1 } }')).toContain(
    `start with this: ${wanted}:2:21: `,
  );
  expect(await apply('{\n  mirrors: [\n"x"] }')).toContain(`start with this: ${wanted}:2:12: `);
});

test('a mirror that is not configured is not called one that pulls wait for', async () => {
  const root = temporaryFolder();
  const dead = 'http://127.0.0.1:9';
  const words = ['mirrors', 'test', dead, '--root', root];
  expect((await dockerctl(...words)).stdout).not.toContain('pull waits');
  await dockerctl('mirrors', 'set', dead, '--root', root);
  const { stdout } = await dockerctl(...words);
  expect(stdout).toContain(`dockerctl --root ${root} mirrors remove ${dead}/`);
});
