import { shellWord } from '../../core/text/shell-word.js';
import { DockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';

/** A link that leads nowhere: nothing to who follows it, and in the way of who makes something of its name. */
export function isDangling({ fs }: Host, path: string): boolean {
  return fs.stat(path)?.kind === 'link' && fs.stat(path, { follow: true }) === null;
}

/** `rest` of the sentence: what the link leads to. */
export function danglingLink(link: string, rest: string, cause?: unknown): DockerctlError {
  return new DockerctlError({
    code: 'file-not-writable',
    message: `${link} is a symbolic link to ${rest}`,
    hint: `create its target, or remove the link: \`rm ${shellWord(link)}\``,
    cause,
  });
}
