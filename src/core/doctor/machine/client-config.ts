import { join } from 'node:path';
import { fileAt, textAt } from '../../plan/snapshot.js';
import type { DoctorFacts } from '../facts.js';

/** The CLI's config.json of one person (docker/cli config/configfile/file.go). */
export interface ClientConfig {
  readonly home: string;
  readonly path: string;
  readonly mode: number;
  /** false: it is there and no JSON. */
  readonly readable: boolean;
  /** What each registry's entry holds; the keys are registries. */
  readonly auths: Readonly<Record<string, { readonly auth?: unknown } | null>>;
  /** Names of helpers, with the registries that they serve; '' is all. */
  readonly helpers: readonly string[];
  readonly context: string | null;
}

export function clientConfigPath(home: string): string {
  return join(home, '.docker/config.json');
}

export function clientConfigs({
  homes,
  snapshot,
}: Pick<DoctorFacts, 'homes' | 'snapshot'>): ClientConfig[] {
  return homes.flatMap((home) => {
    const path = clientConfigPath(home);
    const image = fileAt(snapshot, path);
    if (image === null) return [];
    const parsed = parse(textAt(snapshot, path) ?? '');
    const { auths, credsStore, credHelpers, currentContext } = parsed ?? {};
    return [
      {
        home,
        path,
        mode: image.mode,
        readable: parsed !== null,
        auths: objectOf(auths) as ClientConfig['auths'],
        helpers: [credsStore, ...Object.values(objectOf(credHelpers))].filter(
          (name): name is string => typeof name === 'string' && name !== '',
        ),
        context:
          typeof currentContext === 'string' && currentContext !== '' ? currentContext : null,
      },
    ];
  });
}

function parse(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
