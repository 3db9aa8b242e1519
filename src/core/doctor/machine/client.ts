import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Finding } from '../../plan/finding.js';
import { clientConfigs, type ClientConfig } from './client-config.js';
import { otherHost, type ClientEnvironment } from './client-environment.js';
import { found } from '../codes.js';
import type { DoctorFacts, Family } from '../facts.js';
import { moveAside, shellWord } from '../../text/shell-word.js';

export const clientFamily: Family = {
  name: 'docker command',
  ok: ({ observed: { silence } }) =>
    silence === 'podman'
      ? 'no password lies in plain text'
      : 'it talks to this engine, and no password lies in plain text',
  find: (facts) => [
    ...otherHost(facts),
    ...context(facts, ofEnvironment(facts)),
    ...clientConfigs(facts).flatMap((config) =>
      config.readable
        ? [
            ...passwords(config),
            ...helpers(facts, config),
            ...context(facts, { ...config, name: config.context, hint: USE_DEFAULT }),
          ]
        : [
            found('client-config-broken', {
              subject: config.path,
              path: config.path,
              message: 'it is no JSON: docker does not see the logins in it.',
              hint: moveAside(config.path),
            }),
          ],
    ),
  ],
};

/** `docker login` without a credential helper writes `auths.REGISTRY.auth` (docker/cli config/types/authconfig.go). */
function passwords({ path, auths, mode }: ClientConfig): Finding[] {
  const registries = Object.entries(auths)
    .filter(([, entry]) => typeof entry?.auth === 'string' && entry.auth !== '')
    .map(([registry]) => registry);
  const plain = registries.map((registry) =>
    found('credentials-in-plain-text', {
      subject: registry,
      path,
      message: 'the password is only base64 here: who can read the file can push.',
      hint: `docker logout ${shellWord(registry)}`,
    }),
  );
  if (registries.length === 0 || (mode & 0o077) === 0) return plain;
  return [
    found('credentials-readable', {
      subject: registries.join(', '),
      path,
      message: `its mode is ${mode.toString(8)}: other users of this machine can read the passwords in it.`,
      hint: `chmod 600 ${shellWord(path)}`,
    }),
    ...plain,
  ];
}

function helpers(
  { host, path: folders }: DoctorFacts,
  { path, helpers: names }: ClientConfig,
): Finding[] {
  const { kindOf } = host;
  if (kindOf === undefined) return [];
  const missing = [...new Set(names)].filter((name) =>
    folders.every((folder) => kindOf(join(folder, `docker-credential-${name}`)) === null),
  );
  return missing.map((name) =>
    found('credential-helper-missing', {
      subject: `docker-credential-${name}`,
      path,
      message:
        'it is named as credential helper and not installed: docker login fails, and pulls from what it serves.',
      hint: moveAside(path),
    }),
  );
}

/** An older CLI wants the context of today to exist before it changes it. */
const USE_DEFAULT = 'docker --context default context use default';

interface ChosenContext {
  readonly name: string | null;
  readonly home: string;
  /** The file that chooses it. */
  readonly path?: string;
  readonly hint: string;
}

function ofEnvironment({ clientEnv: { context: name, home } }: DoctorFacts): ChosenContext {
  return { name, home, hint: 'unset DOCKER_CONTEXT' };
}

/** docker/cli cli/context/store: metadata lies under the SHA-256 of the name. */
function context(
  { snapshot, observed }: DoctorFacts,
  { name, home, path, hint }: ChosenContext,
): Finding[] {
  if (name === null || name === 'default') return [];
  const known = (snapshot.get(contextPath(home, name)) ?? null) !== null;
  const place = { subject: name, ...(path !== undefined && { path }), hint };
  const chosen = path === undefined ? ', which DOCKER_CONTEXT names in this shell,' : '';
  if (!known) {
    return [
      found('client-context-missing', {
        ...place,
        message: `docker is to use this context${chosen || ','} and there is none of that name: every command fails.`,
      }),
    ];
  }
  const own = observed.flavour === 'rootless' || observed.flavour === 'desktop';
  return observed.state === 'absent' || own
    ? []
    : [
        found('client-elsewhere', {
          ...place,
          message: `docker talks to the engine of this context${chosen || ','} and not to the one of this machine.`,
        }),
      ];
}

/** Where the contexts in use are described. */
export function contextPaths(
  configs: readonly ClientConfig[],
  { context: name, home }: ClientEnvironment,
): string[] {
  return [...configs, { home, context: name }].flatMap((one) =>
    one.context === null ? [] : [contextPath(one.home, one.context)],
  );
}

function contextPath(home: string, name: string): string {
  const digest = createHash('sha256').update(name).digest('hex');
  return join(home, '.docker/contexts/meta', digest, 'meta.json');
}
