import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeNode } from './pinned-node.mjs';
import { run } from './run.mjs';
import { gzip, write, writeProgram, writeShare } from './tree.mjs';

const PROGRAM = 'usr/lib/dockerctl';
/** Whoever releases it answers for it: the person of the last commit. */
const MAINTAINER = run('git', ['log', '-1', '--format=%an <%ae>']).trim();

/** `all` runs with Debian's Node.js; the others bring their own, for a Debian whose Node.js is too old (12). */
export const ARCHITECTURES = { all: null, amd64: 'x64', arm64: 'arm64' };

/** Writes dockerctl_VERSION_ARCHITECTURE.deb into `out` and answers its name. The same sources give the same bytes. */
export function writeDeb(out, { architecture, version, epoch }) {
  const root = mkdtempSync(join(tmpdir(), 'dockerctl-deb-'));
  try {
    const machine = ARCHITECTURES[architecture];
    const own = `/${PROGRAM}/node/bin/node`;
    writeProgram(join(root, PROGRAM), machine === null ? '/usr/bin/node' : own);
    if (machine !== null) {
      writeNode(join(root, own), machine);
      write(join(root, 'usr/share/lintian/overrides'), 'dockerctl', OVERRIDES);
    }
    mkdirSync(join(root, 'usr/bin'), { recursive: true });
    symlinkSync('../lib/dockerctl/dist/dockerctl.cjs', join(root, 'usr/bin/dockerctl'));
    writeShare(join(root, 'usr/share'));
    write(join(root, 'usr/share/doc/dockerctl'), 'copyright', copyright());
    const debian = changelog({ version, epoch });
    write(join(root, 'usr/share/doc/dockerctl'), 'changelog.gz', gzip(debian));
    writeControl(root, { architecture, version });
    run('chmod', ['-R', 'u=rwX,go=rX', root]);
    const name = `dockerctl_${version}_${architecture}.deb`;
    run('dpkg-deb', ['--root-owner-group', '-Zxz', '-z2', '--build', root, join(out, name)], {
      env: { ...process.env, SOURCE_DATE_EPOCH: String(epoch) },
    });
    return name;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** lintian(1): the Node.js is nodejs.org's build as it is, and nothing else on the machine uses it. */
const OVERRIDES = [
  '# It brings its own Node.js, for a Debian whose own is too old.',
  ...[
    'wrong-path-for-interpreter',
    'missing-dep-for-interpreter',
    'unstripped-binary-or-object',
    'embedded-library',
    'undeclared-elf-prerequisites',
    'hardening-no-pie',
  ].map((tag) => `dockerctl: ${tag} *`),
  '',
].join('\n');

function writeControl(root, { architecture, version }) {
  const folder = join(root, 'DEBIAN');
  const size = run('du', ['-k', '-s', '--apparent-size', root]).split('\t')[0];
  const fields = {
    Package: 'dockerctl',
    Version: version,
    Architecture: architecture,
    Maintainer: MAINTAINER,
    'Installed-Size': size,
    ...(architecture === 'all' && { Depends: 'nodejs (>= 20.19)' }),
    Suggests: 'docker.io | docker-ce, openssl',
    Section: 'admin',
    Priority: 'optional',
    Description: [
      "owns a Docker host's daemon configuration and its registry trust",
      ' It edits daemon.json, runs a private certificate authority, installs trust in',
      ' registries, reloads or restarts dockerd so that containers survive, proves that',
      ' it worked, and puts everything back where it did not.',
    ].join('\n'),
  };
  const control = Object.entries(fields).map(([name, value]) => `${name}: ${value}\n`);
  write(folder, 'control', control.join(''));
  const scripts = new URL('debian/', import.meta.url);
  for (const script of readdirSync(scripts)) {
    write(folder, script, readFileSync(new URL(script, scripts)), 0o755);
  }
  const files = run('find', ['usr', '-type', 'f', '-printf', '%P\\0'], { cwd: root }).split('\0');
  const sums = run(
    'md5sum',
    files
      .filter(Boolean)
      .sort()
      .map((file) => `usr/${file}`),
    { cwd: root },
  );
  write(folder, 'md5sums', sums);
}

/** deb-changelog(5). */
const changelog = ({ version, epoch }) => `dockerctl (${version}) unstable; urgency=medium

  * What changed is in /usr/share/doc/dockerctl/CHANGELOG.md.gz.

 -- ${MAINTAINER}  ${new Date(epoch * 1000).toUTCString().replace('GMT', '+0000')}
`;

const copyright = () => `Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: dockerctl

Files: *
Copyright: 2026 The dockerctl authors
License: Apache-2.0
 On Debian systems the full text is in /usr/share/common-licenses/Apache-2.0.
`;
