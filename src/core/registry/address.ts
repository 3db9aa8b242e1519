import { isIPv6 } from 'node:net';
import { DockerctlError } from '../../errors.js';
import { redactAddress } from '../text/redact-urls.js';
import { printable } from '../text/printable.js';
import { REFUSALS, type AddressRefusal } from './refusals.js';

/** A registry as dockerd knows it: what stands before the first `/` of an image name. */
export interface RegistryAddress {
  /** Letter for letter what dockerd compares: the folder in certs.d, the entry in insecure-registries. */
  readonly name: string;
  /** Without brackets: what a resolver takes. */
  readonly host: string;
  /** null where none is written: dockerd then asks port 443, and the name has no port either. */
  readonly port: number | null;
  /** What was taken off or is worth knowing, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * Reads what an operator typed (docs/cli.md, "Registry names"). A pasted scheme or path is taken off with a note;
 * what dockerd could not find in an image name (distribution/reference, `domain`) is refused.
 * Throws `invalid-registry-name`, its hint the corrected name where there is one. Credentials are never repeated.
 */
export function parseRegistry(text: string): RegistryAddress {
  const { scheme, bare, tail } = takeApart(text);
  const refusal = refusalOf(text, { bare, tail });
  if (refusal !== undefined) {
    throw new DockerctlError({
      code: 'invalid-registry-name',
      message: `"${printable(redactAddress(text.slice(0, 1000)))}" is not a registry name: ${refusal.reason}.`,
      hint: refusal.hint(bare),
    });
  }
  const written = /:(\d+)$/.exec(bare);
  const host = bare.slice(0, written?.index).replace(/[[\]]/g, '');
  const port = written === null ? null : Number(written[1]);
  return { name: bare, host, port, notes: remarks({ scheme, bare, tail }) };
}

/** The name dockerd uses for a host (without brackets) and port: the inverse of parseRegistry. */
export function formatRegistry({ host, port }: Pick<RegistryAddress, 'host' | 'port'>): string {
  const bracketed = isIPv6(host) ? `[${host}]` : host;
  return port === null ? bracketed : `${bracketed}:${port}`;
}

interface Parts {
  readonly scheme: string;
  readonly bare: string;
  readonly tail: string;
}

/** Whether a folder or a table is called as a registry is: by the very name that `parseRegistry` makes of it. */
export function isRegistryName(name: string): boolean {
  const { bare, tail } = takeApart(name);
  return bare === name && refusalOf(name, { bare, tail }) === undefined;
}

/** A registry's name in the name of a file of ours. */
export function registryFileName(name: string): string {
  return name.replace(/[[\]:]/g, '_');
}

function refusalOf(
  text: string,
  { bare, tail }: Omit<Parts, 'scheme'>,
): AddressRefusal | undefined {
  return REFUSALS.find(({ applies }) => applies({ text, bare, tail }));
}

function takeApart(text: string): Parts {
  const scheme = /^(?:(?:https?|docker|oci):)?\/{1,2}(?=[^/])/i.exec(text)?.[0] ?? '';
  const rest = text.slice(scheme.length);
  const bare = rest.replace(/[/?#].*$/s, '');
  return { scheme, bare, tail: rest.slice(bare.length) };
}

function remarks({ scheme, bare, tail }: Parts): string[] {
  const notes: string[] = [];
  if (scheme !== '') notes.push(`"${scheme}" was taken off: a registry name has no scheme`);
  if (/^http:/i.test(scheme) && !/:\d+$/.test(bare)) {
    notes.push(`without a port dockerd asks 443 first: if it listens on 80, write ${bare}:80`);
  }
  if (tail !== '') {
    notes.push(
      `"${tail}" was taken off: a registry is what stands before the first / of an image name`,
    );
  }
  if (/[A-Z]/.test(bare)) {
    notes.push(
      `dockerd compares letter by letter: images must be named ${bare}/… with these capitals`,
    );
  }
  if (!/[.:]/.test(bare) && bare !== 'localhost') {
    notes.push(
      `docker reads ${bare}/app as an image on Docker Hub: images must be named ${bare}:443/app, which is another registry to dockerd`,
    );
  }
  return notes;
}
