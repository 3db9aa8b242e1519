import { basename, dirname } from 'node:path';
import type { Finding } from '../../plan/finding.js';
import { moveAside, shellWord } from '../../text/shell-word.js';
import { namesIn, type Snapshot } from '../../plan/snapshot.js';

/** What `lintCertsDir` looks at. */
export function readsCertsDir(certsDir: string): string[] {
  return [dirname(certsDir), certsDir];
}

/** certs.d itself: a file there fails every pull from every registry but Docker Hub's; a link to nowhere is as no folder. */
export function lintCertsDir(snapshot: Snapshot, certsDir: string, subject: string): Finding[] {
  const entry = snapshot.get(certsDir) ?? null;
  const place = { code: 'trust-not-a-folder', subject, path: certsDir };
  if (entry?.kind === 'file') {
    return [
      {
        ...place,
        severity: 'error',
        message:
          'it is a file, and dockerd wants a folder with one for each registry: pulls from registries fail (not a directory).',
        hint: moveAside(certsDir),
      },
    ];
  }
  if (entry !== null || !namesIn(snapshot, dirname(certsDir)).includes(basename(certsDir)))
    return [];
  return [
    {
      ...place,
      severity: 'warning',
      message: 'it is a link to a folder that is not there: dockerd sees no certificates at all.',
      hint: `rm ${shellWord(certsDir)}`,
    },
  ];
}
