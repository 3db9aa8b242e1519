import type { Family } from './facts.js';

export const credentialsFamily: Family = {
  name: 'credentials',
  ok: 'no registry password lies in plain text',
  find: ({ clientConfigs }) =>
    clientConfigs.flatMap(({ path, text }) =>
      registriesWithPassword(text).map((registry) => ({
        code: 'credentials-in-plain-text',
        severity: 'info' as const,
        subject: registry,
        path,
        message: 'The password is only base64 here: who can read the file can push.',
        hint: 'set "credsStore" (docker-credential-pass, docker-credential-secretservice) and log in again',
      })),
    ),
};

/** `docker login` without a credential helper writes `auths.REGISTRY.auth` (docker/cli config/types/authconfig.go). */
function registriesWithPassword(text: string): string[] {
  try {
    const { auths = {} } = JSON.parse(text) as { auths?: Record<string, { auth?: string } | null> };
    return Object.entries(auths)
      .filter(([, entry]) => typeof entry?.auth === 'string' && entry.auth !== '')
      .map(([registry]) => registry);
  } catch {
    return [];
  }
}
