import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

interface Package {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
}

const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const { packages } = json('package-lock.json') as { packages: Readonly<Record<string, Package>> };
const { dependencies, devDependencies } = json('package.json') as {
  dependencies: Readonly<Record<string, string>>;
  devDependencies: Readonly<Record<string, string>>;
};
const shipped = Object.entries(packages).filter(([path, { dev }]) => path !== '' && dev !== true);
const nameOf = (path: string): string => path.replace(/^.*node_modules\//, '');

/** OSI-approved, without conditions on what is linked with it. node-forge is offered under BSD-3-Clause or GPL-2.0. */
const PERMISSIVE =
  /^(?:MIT|ISC|BSD-[23]-Clause|0BSD|Apache-2\.0|BlueOak-1\.0\.0|\(BSD-3-Clause OR GPL-2\.0\))$/;

test('every dependency is pinned to one version', () => {
  for (const version of Object.values({ ...dependencies, ...devDependencies }))
    expect(version).toMatch(/^\d+\.\d+\.\d+(?:-[\w.]+)?$/);
});

test('what is shipped runs nothing when it is installed', () => {
  expect(shipped.filter(([, { hasInstallScript }]) => hasInstallScript === true)).toEqual([]);
});

test('what is shipped is held by its digest, and its licence is permissive', () => {
  for (const [path, { integrity, license }] of shipped)
    expect({ path, integrity, license }).toEqual({
      path,
      integrity: expect.stringMatching(/^sha512-/),
      license: expect.stringMatching(PERMISSIVE),
    });
});

test('docs/security.md gives a reason for each, and names no other', () => {
  const text = readFileSync('docs/security.md', 'utf8');
  const named = [...text.matchAll(/^\| `([\w.-]+)` \| /gm)].map(([, name]) => name);
  expect(named.sort()).toEqual(Object.keys(dependencies).sort());
});

test('few: not more than 48 packages are shipped in all', () => {
  expect(new Set(shipped.map(([path]) => nameOf(path))).size).toBeLessThanOrEqual(48);
});
