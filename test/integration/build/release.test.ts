import { spawnSync } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from '@jest/globals';
import { temporaryFolder } from '../../support/node-host.js';

let clone: string;
const git = (...argv: string[]) =>
  spawnSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@test', ...argv], { cwd: clone });
function commit(): void {
  git('add', '.');
  git('commit', '-qm', 'release');
}

/** package.mjs, which makes the packages, is another test's. */
const release = () =>
  spawnSync(process.execPath, ['build/release.mjs'], { cwd: clone, encoding: 'utf8' });

beforeEach(() => {
  clone = temporaryFolder();
  for (const path of ['build/release.mjs', 'build/package/run.mjs'])
    cpSync(path, join(clone, path), { recursive: true });
  writeFileSync(join(clone, 'build/package.mjs'), "console.log('packages are made');");
  writeFileSync(join(clone, 'package.json'), '{"version": "1.2.3"}');
  git('init', '-q');
});

test('a version whose changelog and tag are there is packed', () => {
  writeFileSync(join(clone, 'CHANGELOG.md'), '# Changelog\n\n## 1.2.3 - 2027-01-02\n\n- a\n');
  commit();
  git('tag', 'v1.2.3');
  expect(release()).toMatchObject({ status: 0, stdout: 'packages are made\n' });
});

test('else everything that is missing is said at once, and nothing is made', () => {
  writeFileSync(join(clone, 'CHANGELOG.md'), '# Changelog\n\n## Unreleased\n\n- a\n');
  commit();
  writeFileSync(join(clone, 'more'), '');
  const { status, stdout, stderr } = release();
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toContain('has lines under "Unreleased"');
  expect(stderr).toContain('does not begin with "## 1.2.3 - YYYY-MM-DD"');
  expect(stderr).toContain('git tag -a v1.2.3 -m v1.2.3');
  expect(stderr).toContain('Try: git status');
});
