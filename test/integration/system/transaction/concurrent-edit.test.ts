import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { applyPlan } from '../../../../src/system/transaction/apply.js';
import { readImage } from '../../../../src/system/files/image.js';
import { recover } from '../../../../src/system/transaction/recover.js';
import { fakeDaemon } from '../../../support/fake-daemon.js';
import { faultyHost } from '../../../support/faulty-host.js';
import { temporaryHost } from '../../../support/node-host.js';
import { image, OPTIONS, planOf } from '../../../support/plans.js';

const PATH = '/etc/docker/daemon.json';
const THEIRS = '{"theirs":1}';

const EDITORS: Readonly<Record<string, (path: string) => void>> = {
  'writes into the file': (path) => {
    writeFileSync(path, THEIRS);
  },
  'puts another file in its place': (path) => {
    writeFileSync(`${path}.theirs`, THEIRS, { mode: 0o644 });
    renameSync(`${path}.theirs`, path);
  },
};

/** Applies a change, while somebody else edits the file just before call `at`. */
async function race(edit: (path: string) => void, at: number, refusal?: string) {
  const { host, root } = temporaryHost();
  mkdirSync(join(root, 'etc/docker'), { recursive: true });
  writeFileSync(join(root, PATH), '{"old":1}', { mode: 0o644 });
  const plan = planOf([{ path: PATH, before: readImage(host, PATH), after: image('{"ours":1}') }], {
    activation: { action: 'reload', reasons: [] },
  });
  const called: (string | null)[] = [];
  const racing = faultyHost(
    { ...host, self: { ...host.self, root: null } },
    ({ name, index, path }) => {
      if (index === at) edit(join(root, PATH));
      called.push(String(path).startsWith('/etc/docker') ? name : null);
      return undefined;
    },
  );
  const daemon = fakeDaemon(refusal === undefined ? {} : { refusal });
  const answer: unknown = await applyPlan(racing.host, plan, { ...OPTIONS, daemon }).catch(
    (error: unknown) => error,
  );
  await recover(host, { daemon, timeoutMs: 1000, force: false });
  return { text: readFileSync(join(root, PATH), 'utf8'), answer, called };
}

test.each([
  ['writes into the file', undefined],
  ['writes into the file', 'refused'],
  ['puts another file in its place', undefined],
])(
  'whoever %s at any moment keeps what they wrote (dockerd: %s)',
  async (how, refusal) => {
    const edit = EDITORS[how]!;
    const { called } = await race(edit, -1, refusal);
    for (let at = 0; at < called.length; at += 1) {
      if (called[at] === null) continue;
      const { text, answer } = await race(edit, at, refusal);
      // Between our last look and rename(2) lie microseconds that only RENAME_EXCHANGE could close.
      const unseen = how.startsWith('puts') && called[at] === 'rename';
      if (!unseen)
        expect({ at, call: called[at], text }).toEqual({ at, call: called[at], text: THEIRS });
      if (text !== THEIRS) expect(answer).toMatchObject({ status: 'applied' });
    }
  },
  60_000,
);
