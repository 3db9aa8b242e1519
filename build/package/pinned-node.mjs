import { createHash } from 'node:crypto';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './run.mjs';

const PIN = JSON.parse(readFileSync(new URL('node.json', import.meta.url), 'utf8'));

/**
 * Puts the pinned Node.js of `machine` (x64, arm64) at `path`, from the npm registry's package of it.
 * @throws where the package is not the one whose digest stands in node.json
 */
export function writeNode(path, machine) {
  const folder = mkdtempSync(join(tmpdir(), 'dockerctl-node-'));
  try {
    const name = `${PIN.package.replace('ARCH', machine)}@${PIN.version}`;
    const file = run('npm', ['pack', '--silent', '--pack-destination', folder, name]).trim();
    const digest = createHash('sha512')
      .update(readFileSync(join(folder, file)))
      .digest('base64');
    if (`sha512-${digest}` !== PIN.integrity[machine])
      throw new Error(
        `${name} is not the package that build/package/node.json names: sha512-${digest}`,
      );
    run('tar', ['-xzf', join(folder, file), '-C', folder]);
    mkdirSync(join(path, '..'), { recursive: true });
    cpSync(join(folder, 'package/bin/node'), path);
    chmodSync(path, 0o755);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
