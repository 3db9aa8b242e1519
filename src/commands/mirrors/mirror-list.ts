import { DockerctlError } from '../../errors.js';
import { mirrorDoubt, mirrorProblem } from '../../core/dockerd/options/mirrors.js';
import { engineOf } from '../../core/dockerd/options/keys/version.js';
import { redactText } from '../../core/text/redact.js';
import { printable } from '../../core/text/printable.js';
import type { ArgumentSpec } from '../../app/context/command.js';

/** The argument of every command that names mirrors. */
export const URLS: readonly ArgumentSpec[] = [
  {
    name: 'URL',
    describe: 'a mirror of Docker Hub, such as https://mirror.example.com',
    required: true,
    many: true,
  },
];

/** Mirrors of another registry than Docker Hub. */
export const FOR = {
  for: {
    type: 'string',
    describe:
      'of this registry, or _default for all: for docker (images in containerd), containerd, podman',
    placeholder: 'REGISTRY',
  },
  ca: { type: 'string', describe: 'CA certificate of these mirrors', placeholder: 'FILE' },
  to: {
    type: 'list',
    describe: 'docker,containerd,podman; default: those found here',
    placeholder: 'CONSUMERS',
  },
} as const;

/** @throws usage where an option says something of mirrors that are not there */
export function refuseWithoutFor(options: {
  readonly for: string | undefined;
  readonly ca: string | undefined;
  readonly to: readonly string[];
}): void {
  if (options.for !== undefined || (options.ca === undefined && options.to.length === 0)) return;
  throw new DockerctlError({
    code: 'usage',
    message: '--ca and --to go with --for: mirrors of Docker Hub stand in daemon.json.',
    hint: 'the CA of such a mirror: `dockerctl trust add-registry mirror.example.com --ca FILE`',
  });
}

/** The URLs as this engine takes them. Throws `invalid-value`, with the corrected command where one can be guessed. */
export function checkMirrors(urls: readonly string[], engine: string | null): readonly string[] {
  for (const url of urls) {
    const version = engineOf(engine);
    const problem = mirrorProblem(url, version) ?? mirrorDoubt(url);
    if (problem === null) continue;
    throw new DockerctlError({
      code: 'invalid-value',
      message: `"${printable(redactText(url))}" cannot be a mirror: ${problem.reason}.`,
      hint:
        problem.instead === undefined
          ? 'give a URL such as https://mirror.example.com'
          : `dockerctl mirrors set ${problem.instead}`,
    });
  }
  return urls;
}
