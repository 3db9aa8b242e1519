import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test, expect } from '@jest/globals';
import fc from 'fast-check';
import type { FileChange, Plan } from '../../../../src/core/plan/plan.js';
import { planRollback } from '../../../../src/core/transaction/rollback.js';
import type { Host } from '../../../../src/host/host.js';
import { applyPlan } from '../../../../src/system/transaction/apply.js';
import { readPast, readPresent } from '../../../../src/system/history/history.js';
import { readImage } from '../../../../src/system/files/image.js';
import { fakeDaemon, type FakeDaemon } from '../../../support/fake-daemon.js';
import { temporaryHost } from '../../../support/node-host.js';
import { image, OPTIONS, planOf } from '../../../support/plans.js';

/** Every run makes some fifty files durable, which takes a second on a busy disk. */
const RUNS = 20;

const PATHS = [
  '/etc/docker/daemon.json',
  '/etc/docker/certs.d/a:5000/ca.crt',
  '/etc/docker/certs.d/b/client.key',
  '/etc/containers/certs.d/b/ca.crt',
] as const;

interface Content {
  readonly text: string;
  readonly mode: number;
}

/** What stands at each of the paths; null: nothing. */
const contents = fc.tuple(
  ...PATHS.map(() =>
    fc.option(
      fc.record({
        text: fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constant('{}')),
        mode: fc.constantFrom(0o600, 0o640, 0o644),
      }),
      { nil: null },
    ),
  ),
);

describe('whatever stood there and whatever is planned', () => {
  test('a plan that dockerd refuses leaves every byte, mode and name as it was', async () => {
    await fc.assert(
      fc.asyncProperty(contents, contents, async (before, after) => {
        const { host, root, plan } = machine(before);
        const found = treeOf(root);
        await apply(host, plan(after), fakeDaemon({ refusal: 'no' })).catch(() => undefined);
        expect(treeOf(root)).toEqual(found);
      }),
      { numRuns: RUNS },
    );
  }, 120_000);

  test('plans that were applied and taken back leave every byte, mode and name as it was', async () => {
    await fc.assert(
      fc.asyncProperty(contents, contents, contents, async (before, after, later) => {
        const { host, root, plan } = machine(before);
        const found = treeOf(root);
        const daemon = fakeDaemon();
        const applied = [
          await apply(host, plan(after), daemon),
          await apply(host, plan(later), daemon),
        ];
        if (applied.every(({ generation }) => generation === null)) return;
        const past = readPast(host, 1);
        const observed = await daemon.observe(null);
        const back = planRollback('back', past, { images: readPresent(host, past), observed });
        await apply(host, back, daemon);
        expect(treeOf(root)).toEqual(found);
      }),
      { numRuns: RUNS },
    );
  }, 120_000);
});

function machine(before: readonly (Content | null)[]) {
  const below = temporaryHost();
  const host: Host = { ...below.host, self: { ...below.host.self, root: null } };
  PATHS.forEach((path, index) => {
    const content = before[index] ?? null;
    if (content === null) return;
    const real = join(below.root, path);
    mkdirSync(dirname(real), { recursive: true, mode: 0o755 });
    writeFileSync(real, content.text);
    chmodSync(real, content.mode);
  });
  const plan = (after: readonly (Content | null)[]): Plan => {
    const changes = PATHS.map((path, index): FileChange => {
      const content = after[index] ?? null;
      return {
        path,
        before: readImage(host, path),
        after: content && image(content.text, content.mode),
      };
    }).filter(({ before: is, after: shall }) => is !== null || shall !== null);
    const prune = changes
      .filter(({ after: shall }) => shall === null)
      .map(({ path }) => dirname(path));
    return planOf(changes, { prune, activation: { action: 'restart', reasons: [] } });
  };
  return { host, root: below.root, plan };
}

function apply(host: Host, plan: Plan, daemon: FakeDaemon) {
  return applyPlan(host, plan, { ...OPTIONS, daemon });
}

/** Files with content and mode, and folders, outside of what is dockerctl's own. */
function treeOf(root: string): Record<string, string> {
  const names = (readdirSync(root, { recursive: true }) as string[]).sort();
  return Object.fromEntries(
    names
      .filter((name) => name.startsWith('etc/'))
      .map((name) => {
        const stat = statSync(join(root, name));
        const content = () => readFileSync(join(root, name)).toString('base64');
        return [name, stat.isDirectory() ? 'folder' : `${stat.mode.toString(8)} ${content()}`];
      }),
  );
}
