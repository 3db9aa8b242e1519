import { join } from 'node:path';
import type { Finding } from './finding.js';
import { shellWord } from '../text/shell-word.js';

/** A finding about files below `--root`, its place as it is on this machine; `root` null leaves it as it is. */
export function placedBelow(finding: Finding, root: string | null): Finding {
  const { path } = finding;
  return root !== null && path?.startsWith('/') === true
    ? { ...finding, path: join(root, path) }
    : finding;
}

/** Its command, too, for a finding whose hint is one: it must not touch this machine's own files. */
export function commandedBelow(finding: Finding, root: string | null): Finding {
  if (root === null) return finding;
  const below = (command: string) =>
    command.startsWith('dockerctl ')
      ? command.replace('dockerctl', `dockerctl --root ${shellWord(root)}`)
      : `chroot ${shellWord(root)} ${command}`;
  return {
    ...placedBelow(finding, root),
    hint: finding.hint.split(' && ').map(below).join(' && '),
  };
}
