import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { createActiveDeclaration } from '../../../src/agent/active-declaration.js';
import { temporaryHost } from '../../support/node-host.js';

const DECLARATION = '/etc/dockerctl/dockerctl.json5';
const [A, B, C] = ['{ mirrors: 1 }', '{ debug: ', '{ no-such-key: 1 }'];

/** An agent's declaration, and a clock that stands still unless it is told. */
function active() {
  const { host, root } = temporaryHost();
  let mono = 0;
  const write = (text: string) => {
    mkdirSync(dirname(join(root, DECLARATION)), { recursive: true });
    writeFileSync(join(root, DECLARATION), text);
  };
  write(`{ mirrors: ['https://mirror.example.com/'] }`);
  const clock = { ...host.clock, monotonic: () => mono };
  const counts = createActiveDeclaration({ ...host, clock }, null);
  /** What is told of a text that is found `afterMs` later. */
  const find = (text: string, afterMs = 0) => {
    mono += afterMs;
    write(text);
    return counts.reread()?.name ?? null;
  };
  return { counts, find };
}

test('an error that is told already ends the doubt about another that came and went', () => {
  const { counts, find } = active();
  expect([find(A), find(A, 5_000)]).toEqual([null, 'declaration-refused']);
  expect([find(B), counts.inDoubt()]).toEqual([null, true]);
  expect([find(A, 1_000), counts.inDoubt()]).toEqual([null, false]);
  expect([find(C, 60_000), counts.inDoubt()]).toEqual([null, true]);
  expect(find(C, 5_000)).toBe('declaration-refused');
});
