import type { RegistryAddress } from '../../core/registry/address.js';
import type { GivenCertificates } from '../../core/trust/material/authorities.js';
import {
  checkFingerprint,
  describeChain,
  fingerprintMismatch,
  matchesFingerprint,
  pemOf,
  pickAuthority,
  type Link,
} from '../../core/trust/diagnosis/fetched.js';
import { DockerctlError } from '../../errors.js';
import { agrees } from '../change/agreement.js';
import { fetchChain } from '../../system/trust/fetch-chain.js';
import { ownRoot } from '../../system/trust/own-root.js';
import type { Context } from '../context/command.js';

const MOST_MS = 15_000;

export interface Confirmation {
  /** What the operator says it is; null: a person is asked. */
  readonly fingerprint: string | null;
  /** The command that takes a fingerprint, to which it can be appended. */
  readonly again: string;
}

/**
 * Gets the CA from the registry itself: shows the chain, picks the authority, and wants it confirmed, by `fingerprint`
 * or by a person; `--yes` alone does not, because nobody has compared.
 */
export async function fetchAuthorities(
  { host, options, terminal }: Context,
  registry: RegistryAddress,
  { fingerprint, again }: Confirmation,
): Promise<GivenCertificates> {
  if (fingerprint !== null) checkFingerprint(fingerprint);
  terminal.progress(`Asking ${registry.name} for its certificates`);
  const chain = await fetchChain(host, registry, Math.min(options.timeoutMs, MOST_MS));
  const picked = pickAuthority(chain, registry.name);
  const name = `the CA shown by ${registry.name}`;
  if (fingerprint !== null) {
    const named = chain.find((one) => matchesFingerprint(one, fingerprint)) ?? null;
    if (named === null) throw fingerprintMismatch(picked, fingerprint);
    return { name, bytes: Buffer.from(pemOf(named)) };
  }
  if (picked.fingerprint256 === ownRoot(host)?.fingerprint256) {
    terminal.note(`${registry.name} has a certificate of this machine's own authority`);
    return { name, bytes: Buffer.from(pemOf(picked)) };
  }
  terminal.note(chainText(registry.name, describeChain(chain)));
  const question = `Trust ${describeChain([picked])[0]?.subject ?? ''}, SHA-256 ${picked.fingerprint256}?`;
  const wanted = `--fingerprint ${picked.fingerprint256}`;
  if (options.yes || !(await agrees(() => terminal.confirm(question, wanted)))) {
    throw new DockerctlError({
      code: 'answer-needed',
      message: `${question} Nobody confirmed that this is the right CA.`,
      hint: `compare the fingerprint by another way, then: ${again} ${wanted}`,
      details: { chain: describeChain(chain) },
    });
  }
  return { name, bytes: Buffer.from(pemOf(picked)) };
}

function chainText(registry: string, chain: readonly Link[]): string {
  const lines = chain.map(
    ({ subject, issuer, from, until, sha256, authority }, index) =>
      `  ${index} ${subject}${authority ? ' (authority)' : ''}\n    issued by ${issuer}, valid ${from} to ${until}\n    SHA-256 ${sha256}`,
  );
  return `${registry} shows:\n${lines.join('\n')}`;
}

/** The root of this machine's own authority, where it signed what the registry shows; null where it did not, or nobody answers. */
export async function ownAuthorityOf(
  { host, options }: Context,
  registry: RegistryAddress,
): Promise<GivenCertificates | null> {
  const own = ownRoot(host);
  if (own === null) return null;
  const chain = await fetchChain(host, registry, Math.min(options.timeoutMs, MOST_MS)).catch(
    () => [],
  );
  const top = chain.at(-1);
  return top?.fingerprint256 === own.fingerprint256
    ? { name: `this machine's own authority`, bytes: Buffer.from(pemOf(own)) }
    : null;
}
