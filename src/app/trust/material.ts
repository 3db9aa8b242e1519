import type { Secrets } from '../../core/plan/plan.js';
import type { RegistryAddress } from '../../core/registry/address.js';
import { readAuthorities, type GivenCertificates } from '../../core/trust/material/authorities.js';
import { readClientPair } from '../../core/trust/material/client-pair.js';
import type { ConsumerName, Material } from '../../core/trust/contributions/consumer.js';
import { holdsAuthoritiesOnly } from '../../core/trust/consumers/consumers.js';
import { DockerctlError } from '../../errors.js';
import { download, readGiven } from '../../system/files/operator-file.js';
import type { Context } from '../context/command.js';
import { fetchAuthorities, ownAuthorityOf } from './fetch.js';

export interface MaterialOptions {
  readonly ca: string | undefined;
  readonly fetch: boolean;
  readonly fingerprint: string | undefined;
  readonly 'client-cert': string | undefined;
  readonly 'client-key': string | undefined;
  readonly insecure: boolean;
  /** The consumers given by --to; null without it. */
  readonly chosen: readonly ConsumerName[] | null;
  /** The command to which a fingerprint can be appended; default: add-registry's. */
  readonly again?: string;
}

export interface ReadyMaterial {
  readonly material: Material;
  readonly secrets: Secrets;
  readonly notes: readonly string[];
}

/** What the options say, checked and in the form consumers take. Throws `usage`, `invalid-certificate`. */
export async function readMaterial(
  context: Context,
  registry: RegistryAddress,
  options: MaterialOptions,
): Promise<ReadyMaterial> {
  const own = isSilent(options) ? await ownAuthorityOf(context, registry) : null;
  if (own === null) refuseNonsense(registry.name, options);
  const now = context.host.clock.now();
  const given = own ?? (await readAuthority(context, registry, options));
  const authorities = given === null ? null : readAuthorities(given, now);
  const client = readClient(context, registry, options);
  return {
    material: {
      ca: authorities?.pem ?? null,
      client: client?.pair ?? null,
      insecure: options.insecure,
    },
    secrets: client?.secrets ?? new Map<string, Uint8Array>(),
    notes: [
      ...(own === null ? [] : [`by this machine's own authority, which signed what it shows`]),
      ...(authorities?.notes ?? []),
      ...(client?.notes ?? []),
    ],
  };
}

/** No option says whom to trust: allowed where our own authority signed the registry's certificate. */
function isSilent(options: MaterialOptions): boolean {
  const { ca, fetch, insecure, 'client-cert': cert, 'client-key': key } = options;
  return ca === undefined && !fetch && !insecure && cert === undefined && key === undefined;
}

function readAuthority(
  context: Context,
  registry: RegistryAddress,
  {
    ca,
    fetch,
    fingerprint,
    again = `dockerctl trust add-registry ${registry.name} --fetch`,
  }: MaterialOptions,
): Promise<GivenCertificates> | GivenCertificates | null {
  if (fetch)
    return fetchAuthorities(context, registry, { fingerprint: fingerprint ?? null, again });
  if (ca === undefined) return null;
  return /^https?:\/\//i.test(ca) ? download(context.host, ca) : readGiven(context.host, ca);
}

function readClient(
  { host }: Context,
  registry: RegistryAddress,
  { 'client-cert': cert, 'client-key': key }: MaterialOptions,
) {
  if (cert === undefined || key === undefined) return null;
  const given = { cert: readGiven(host, cert), key: readGiven(host, key) };
  return readClientPair(given, { host: registry.host, now: host.clock.now() });
}

/** Options that contradict each other, or say nothing. */
function refuseNonsense(name: string, options: MaterialOptions): void {
  const { ca, fetch, insecure, 'client-cert': cert, 'client-key': key } = options;
  const command = `dockerctl trust add-registry ${name}`;
  const chosen = options.chosen ?? [];
  const stores = chosen.filter(holdsAuthoritiesOnly);
  const authority = ca !== undefined || fetch;
  const refusals: readonly [boolean, string, string][] = [
    [
      ca !== undefined && fetch,
      '--ca and --fetch both say where the CA comes from.',
      `${command} --ca FILE`,
    ],
    [
      insecure && (authority || cert !== undefined),
      '--insecure switches verification off, and client certificates with it: a CA or a pair beside it would not be used.',
      `${command} --ca FILE, without --insecure`,
    ],
    [
      (cert === undefined) !== (key === undefined),
      'a client certificate and its key go together.',
      `${command} --client-cert FILE --client-key FILE`,
    ],
    [
      options.fingerprint !== undefined && !fetch,
      '--fingerprint says what --fetch must find.',
      `${command} --fetch --fingerprint ${options.fingerprint ?? ''}`,
    ],
    [
      !authority && !insecure && cert === undefined,
      `nothing says by what ${name} shall be trusted.`,
      `${command} --ca FILE, or --fetch to get the CA from the registry itself`,
    ],
    [
      insecure && stores.length > 0,
      `--to ${stores.join(',')}: a store of certificates cannot be told to verify nothing.`,
      `${command} --insecure, without --to ${stores.join(',')}`,
    ],
    [
      cert !== undefined && stores.length > 0 && (!authority || stores.length === chosen.length),
      `--to ${stores.join(',')}: a store of certificates holds authorities, and shows nobody a client certificate.`,
      authority
        ? `${command} --ca FILE --to ${stores.join(',')}`
        : `${command} --client-cert FILE --client-key FILE --to docker`,
    ],
  ];
  const refusal = refusals.find(([applies]) => applies);
  if (refusal === undefined) return;
  throw new DockerctlError({ code: 'usage', message: refusal[1], hint: refusal[2] });
}
