import { createHash } from 'node:crypto';
import type { Finding } from '../../plan/finding.js';
import { bytesAt, textAt } from '../../plan/snapshot.js';
import { shellWord } from '../../text/shell-word.js';
import { found } from '../codes.js';
import type { DoctorFacts } from '../facts.js';

/** Packages that bring docker's units, and what dpkg knows of their files: their MD5 sums (deb-md5sums(5)). */
const PACKAGES = ['docker.io', 'docker-ce', 'moby-engine', 'containerd', 'containerd.io'].map(
  (name) => ({ name, sums: `/var/lib/dpkg/info/${name}.md5sums` }),
);

export const PACKAGED_SUMS: readonly string[] = PACKAGES.map(({ sums }) => sums);

/** A package's own unit that somebody wrote into: the next upgrade takes it back without a word. */
export function editedUnits({ units, snapshot }: DoctorFacts): Finding[] {
  return [...units].flatMap(([unit, properties]) => {
    const path = properties.get('FragmentPath') ?? '';
    const bytes = bytesAt(snapshot, path);
    const packaged = bytes === null ? null : sumOf(snapshot, path);
    if (bytes === null || packaged === null || packaged.sum === md5(bytes)) return [];
    const own = `/etc/systemd/system/${unit}`;
    return [
      found('unit-edited-in-place', {
        subject: unit,
        path,
        message: `it is not as the package ${packaged.name} brought it: the next upgrade takes away what was changed in it.`,
        hint: `cp -n ${shellWord(path)} ${own} && systemctl daemon-reload`,
      }),
    ];
  });
}

function sumOf(
  snapshot: DoctorFacts['snapshot'],
  path: string,
): { readonly name: string; readonly sum: string } | null {
  // /lib is a link to /usr/lib; packages may still name the file below the one or the other.
  const names = [
    path,
    path.replace(/^\/usr\/lib\//, '/lib/'),
    path.replace(/^\/lib\//, '/usr/lib/'),
  ];
  for (const { name, sums } of PACKAGES)
    for (const line of (textAt(snapshot, sums) ?? '').split('\n')) {
      const [, sum = '', file = ''] = /^([0-9a-f]{32}) {2}(.+)$/.exec(line) ?? [];
      if (names.includes(`/${file}`)) return { name, sum };
    }
  return null;
}

function md5(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex');
}
