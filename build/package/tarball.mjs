import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './run.mjs';
import { gzip, writeProgram, writeShare } from './tree.mjs';

/** What install.sh takes without a network: dockerctl-VERSION.tar.gz, the same bytes for the same sources. */
export function writeTarball(out, { version, epoch }) {
  const work = mkdtempSync(join(tmpdir(), 'dockerctl-tarball-'));
  try {
    const top = `dockerctl-${version}`;
    const folder = join(work, top);
    writeProgram(folder, '/usr/bin/env node');
    writeShare(join(folder, 'share'));
    for (const file of ['install.sh', 'package.json', 'README.md', 'CHANGELOG.md', 'LICENSE'])
      cpSync(file, join(folder, file));
    run('chmod', ['-R', 'u=rwX,go=rX', folder]);
    const fixed = ['--sort=name', '--owner=0', '--group=0', '--numeric-owner', '--format=gnu'];
    const tar = run('tar', [...fixed, `--mtime=@${epoch}`, '-cf', '-', '-C', work, top], {
      encoding: 'buffer',
    });
    writeFileSync(join(out, `${top}.tar.gz`), gzip(tar));
    return `${top}.tar.gz`;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
