// npm run package [-- --out DIR] [--architecture all,amd64,arm64]: what is given to others. The same sources give the same bytes.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ARCHITECTURES, writeDeb } from './package/deb.mjs';
import { run } from './package/run.mjs';
import { writeSbom } from './package/sbom.mjs';
import { writeTarball } from './package/tarball.mjs';

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'packages' },
    architecture: { type: 'string', default: Object.keys(ARCHITECTURES).join(',') },
  },
});
const out = resolve(values.out);
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
/** Seconds since 1970 of every file in what is made: the last commit's, unless SOURCE_DATE_EPOCH says (reproducible-builds.org). */
const epoch = Number(
  process.env.SOURCE_DATE_EPOCH ?? run('git', ['log', '-1', '--format=%ct']).trim(),
);

process.umask(0o022);
mkdirSync(out, { recursive: true });
run('npm', ['run', '--silent', 'build'], { stdio: 'ignore' });
const names = [
  ...values.architecture
    .split(',')
    .map((architecture) => writeDeb(out, { architecture, version, epoch })),
  writeTarball(out, { version, epoch }),
  run('npm', ['pack', '--silent', '--pack-destination', out]).trim(),
  writeSbom(out, { version, epoch }),
];
const sums = names.map((name) => {
  const digest = createHash('sha256')
    .update(readFileSync(join(out, name)))
    .digest('hex');
  return `${digest}  ${name}\n`;
});
writeFileSync(join(out, 'SHA256SUMS'), sums.join(''));
console.log(sums.join(''));
