import type { DaemonConfig } from '../dockerd/activation/activation.js';
import { isSame } from '../formats/json/difference.js';
import { isObject, memberOf, type Json, type JsonObject } from '../formats/json/json-object.js';
import type { Path } from '../formats/json/json-path.js';
import type { SubjectName } from '../pki/x509/names.js';
import type { DeployTarget } from '../pki/authority/deploy-targets.js';
import type { ConsumerName } from '../trust/contributions/consumer.js';
import { DECLARED_CONSUMERS, DEFAULT_CONSUMERS } from './consumers.js';
import type { DeclaredStatement } from './record.js';

/** What a change of daemon.json says. */
export function daemonStatements(before: DaemonConfig, after: DaemonConfig): DeclaredStatement[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .filter((name) => !isSame(memberOf(before, name) ?? null, memberOf(after, name) ?? null))
    .map((name): DeclaredStatement => {
      const list = LISTS.get(name);
      const path = ['daemon', name];
      if (list !== undefined)
        return { path: [list], also: path, say: () => memberOf(after, name) ?? [] };
      return { path, say: () => memberOf(after, name) ?? null };
    });
}

/** Keys of daemon.json that a declaration has names of its own for. */
const LISTS: ReadonlyMap<string, string> = new Map([
  ['registry-mirrors', 'mirrors'],
  ['insecure-registries', 'insecure'],
]);

/** The key of daemon.json that is declared at a path. */
export function keyOf([first = '', second = '']: Path): string {
  return [...LISTS].find(([, list]) => list === first)?.[0] ?? second;
}

/** That a name is in the whole list of insecure registries no more, where that list is declared. */
export function notInsecure(name: string): DeclaredStatement {
  return {
    path: ['insecure'],
    say: (declared) =>
      Array.isArray(declared)
        ? (declared as readonly Json[]).filter((one) => one !== name)
        : declared,
  };
}

/** How a registry is trusted now, and by whom besides those of before. */
export interface TrustToDeclare {
  readonly ca: string | null;
  /** Paths of the pair that it is shown. */
  readonly client: { readonly cert: string; readonly key: string } | null;
  readonly insecure: boolean;
  readonly verify: boolean;
  readonly to: readonly ConsumerName[];
}

export function trusted(
  name: string,
  { ca, client, insecure, verify, to }: TrustToDeclare,
): DeclaredStatement {
  return {
    path: ['registries', name],
    say: (declared) => {
      const all = consumersOf(declared, (one) => to.includes(one));
      if (all.length === 0) return declared;
      return {
        ...(ca !== null && { ca: { pem: ca } }),
        ...client,
        ...(insecure && { insecure }),
        ...toOf(all),
        ...(!verify && { verify }),
      };
    },
  };
}

/** The statements after these consumers trust it no more; null: all of them. */
export function distrusted(name: string, from: readonly ConsumerName[] | null): DeclaredStatement {
  return {
    path: ['registries', name],
    say: (declared) => {
      if (from === null || !isObject(declared)) return undefined;
      const left = consumersOf(declared, () => false).filter((one) => !from.includes(one));
      const rest = Object.fromEntries(Object.entries(declared).filter(([key]) => key !== 'to'));
      return left.length === 0 ? undefined : { ...rest, ...toOf(left) };
    },
  };
}

/** A CA of the system's store; null: not any more. */
export function authority(name: string, pem: string | null): DeclaredStatement {
  return { path: ['cas', name], say: () => (pem === null ? undefined : { pem }) };
}

/** What was asked for when a certificate was issued; what is the default needs no words. */
export interface CertificateToDeclare {
  readonly names: readonly SubjectName[];
  readonly profile?: string | undefined;
  readonly days?: number | undefined;
}

/** A certificate of ours, and where it is put besides the places of before. */
export function certificate(
  name: string,
  { names, profile = 'registry', days }: CertificateToDeclare,
  place: DeployTarget | null,
): DeclaredStatement {
  const of = (wanted: SubjectName['kind']) =>
    names.filter(({ kind }) => kind === wanted).map(({ value }) => value);
  const [domains, ips] = [of('dns'), of('ip')];
  const wanted = {
    ...(!isSame(domains, [name]) && domains.length > 0 && { domains }),
    ...(ips.length > 0 && { ips }),
    ...(profile !== 'registry' && { profile }),
    ...(days !== undefined && { days }),
  };
  return {
    path: ['certificates', name],
    say: (declared) => {
      const { deploy = [], ...said }: JsonObject = isObject(declared) ? declared : {};
      const targets = withDeployTarget(deploy as readonly Json[], place);
      return { ...said, ...wanted, ...(targets.length > 0 && { deploy: targets }) };
    },
  };
}

function withDeployTarget(known: readonly Json[], place: DeployTarget | null): readonly Json[] {
  if (place === null) return known;
  const one = { [place.kind === 'folder' ? 'to' : place.kind]: place.path };
  return known.some((other) => isSame(other, one)) ? known : [...known, one];
}

/** Those that are declared, and those that are wanted too, in their one order. */
function consumersOf(declared: Json | undefined, isWanted: (one: ConsumerName) => boolean) {
  const said = isObject(declared) ? (declared.to ?? DEFAULT_CONSUMERS) : [];
  const names = said as readonly Json[];
  return DECLARED_CONSUMERS.filter((one) => names.includes(one) || isWanted(one));
}

function toOf(to: readonly string[]): JsonObject {
  return isSame([...to], [...DEFAULT_CONSUMERS]) ? {} : { to };
}
