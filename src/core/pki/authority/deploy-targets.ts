import { isObject, type Json } from '../../formats/json/json-object.js';

/** Where a certificate was put besides the store, so that a renewal can put the new one there too. */
export interface DeployTarget {
  readonly kind: 'folder' | 'harbor' | 'registry';
  /** Absolute: a folder, Harbor's installation folder, or the registry's config.yml. */
  readonly path: string;
  /** The root is sent with the chain, so that clients can be given it by the server (`trust add-registry --fetch`). */
  readonly withRoot?: boolean;
}

/** By name of the certificate. */
export type DeployTargets = ReadonlyMap<string, readonly DeployTarget[]>;

export function hasDeployTarget(
  targets: DeployTargets,
  name: string,
  target: DeployTarget,
): boolean {
  return (targets.get(name) ?? []).some((one) => isSame(one, target));
}

/** The targets without this one, by its path; null where no certificate of that name is there. */
export function withoutDeployTarget(
  targets: DeployTargets,
  name: string,
  path: string,
): DeployTargets | null {
  const known = targets.get(name) ?? [];
  const left = known.filter((one) => one.path !== path);
  if (left.length === known.length) return null;
  const rest = new Map(targets);
  rest.delete(name);
  return left.length === 0 ? rest : rest.set(name, left);
}

/** A server has one certificate: one that was deployed there before is not renewed there any more. In a folder each has files of its own. */
export function withDeployTarget(
  targets: DeployTargets,
  name: string,
  target: DeployTarget,
): DeployTargets {
  const others = [...targets].map(([owner, known]): [string, readonly DeployTarget[]] => [
    owner,
    owner === name || target.kind !== 'folder'
      ? known.filter((one) => !isSame(one, target))
      : known,
  ]);
  const rest = new Map(others.filter(([, known]) => known.length > 0));
  return rest.set(name, [...(rest.get(name) ?? []), target]);
}

export const formatDeployTargets = (targets: DeployTargets): string =>
  `${JSON.stringify(Object.fromEntries(targets), null, 2)}\n`;

/** null when the text is not what `formatDeployTargets` writes. */
export function parseDeployTargets(text: string): DeployTargets | null {
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value) && Object.values(value).every(isTargetList)
      ? new Map(Object.entries(value as unknown as Record<string, readonly DeployTarget[]>))
      : null;
  } catch {
    return null;
  }
}

const isSame = (one: DeployTarget, other: DeployTarget): boolean =>
  one.kind === other.kind && one.path === other.path;

const isTargetList = (value: Json): boolean =>
  Array.isArray(value) &&
  (value as readonly Json[]).every(
    (target) =>
      typeof target === 'object' &&
      target !== null &&
      'path' in target &&
      typeof target.path === 'string',
  );
