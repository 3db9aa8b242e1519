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

/** Its commands, too: they must not touch this machine's own files. */
export function commandedBelow(finding: Finding, root: string | null): Finding {
  if (root === null) return finding;
  return { ...placedBelow(finding, root), hint: hintBelow(finding.hint, root) };
}

/** A hint whose commands, all of it or what stands in backquotes, are about the machine below `root`. */
export function hintBelow(hint: string, root: string): string {
  if (hint.includes('`'))
    return hint.replace(/`([^`]+)`/g, (_, command: string) => `\`${lineBelow(command, root)}\``);
  return PROGRAM.test(hint) ? lineBelow(hint, root) : hint;
}

/** With what a hint begins that is one command and no prose. */
const PROGRAM =
  /^(?:sudo |EDITOR=\w+ )?(?:dockerctl|systemctl|journalctl|chroot|openssl|chmod|chown|chattr|mv|cp|rm|ln|ls|mkdir|rmdir|install(?= -)|find|findmnt|namei|head|cat|df|update-ca-\w+|apt-get|dnf|apk) [^ ]/;
/** They only look, and need not be in the image. */
const LOOKS = /^(?:sudo )?(?:ls|namei|findmnt|head|cat|df|find) /;

/** A hint as a part of another one. */
export function asPart(hint: string): string {
  return PROGRAM.test(hint) && !hint.includes('`') ? `\`${hint}\`` : hint;
}

function lineBelow(line: string, root: string): string {
  return line
    .split(' && ')
    .map((command) => oneBelow(command, root))
    .join(' && ');
}

function oneBelow(command: string, root: string): string {
  if (/ --root(?: |=|$)/.test(command) || command.startsWith('chroot ')) return command;
  if (/^(?:sudo |EDITOR=\w+ )?dockerctl(?: |$)/.test(command))
    return command.replace('dockerctl', `dockerctl --root ${shellWord(root)}`);
  if (LOOKS.test(command))
    return command.replace(/ (?=\/)/g, () => ` ${shellWord(root).replace(/\/$/, '')}`);
  return PROGRAM.test(command) ? `chroot ${shellWord(root)} ${command}` : command;
}
