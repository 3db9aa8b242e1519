import type { EntryList } from './entries.js';
import { formatBlock, ipFamily, parseBlock, parseCidr, splitHostPort } from './values/address.js';
import { inRange, type EngineVersion } from './keys/version.js';
import { UNSEEN } from '../../text/unseen.js';

const BRACKETED = /^\[[0-9a-fA-F:]+\](?::[0-9]+)?$/;

/** An entry as dockerd keeps it: the scheme is stripped, a block is masked. */
export interface InsecureEntry {
  readonly kind: 'host' | 'block';
  readonly value: string;
}

export interface InsecureProblem {
  readonly reason: string;
  readonly instead?: string;
  /** What to do where nothing certain can take its place. */
  readonly advice?: string;
}

/** What nearly all are: host or host:port. */
const PLAIN = /^[a-zA-Z0-9]+(?:-+[a-zA-Z0-9]+|\.[a-zA-Z0-9]+)*(?::\d{1,4})?$/;

/** What dockerd makes of an entry of insecure-registries that it accepts. */
export function insecureEntry(entry: string): InsecureEntry {
  if (PLAIN.test(entry)) return { kind: 'host', value: entry };
  const value = withoutScheme(entry);
  const block = parseBlock(value);
  return block === null ? { kind: 'host', value } : { kind: 'block', value: formatBlock(block) };
}

/** dockerd strips a scheme and masks an address block before it compares, letter for letter. */
export const INSECURE: EntryList = {
  key: 'insecure-registries',
  same: (entry) => insecureEntry(entry).value,
};

/** Why this engine would not start with the entry (moby daemon/pkg/registry/config.go, loadInsecureRegistries); null when it would. */
export function insecureProblem(entry: string, engine: EngineVersion): InsecureProblem | null {
  if (PLAIN.test(entry)) return null;
  if (entry === '') return { reason: 'it is empty' };
  if (entry.startsWith('-') || entry.endsWith('-')) {
    return { reason: 'it begins or ends with a hyphen' };
  }
  const value = withoutScheme(entry);
  const reason = whyNot(value, engine);
  if (reason === null) return null;
  const block = blockMeant(value);
  if (block !== null) return { reason: 'it is no address block', instead: block };
  const several = severalIn(value, engine);
  if (several !== null)
    return {
      reason: 'it holds several',
      advice: `write each as a text of its own: ${several.map((one) => JSON.stringify(one)).join(', ')}`,
    };
  // An address alone would be another registry than the block that was meant.
  return BLOCK.test(value)
    ? { reason, advice: 'write the prefix length that was meant: 0 to 32, of IPv6 to 128' }
    : { reason, ...guess(value, engine) };
}

function whyNot(value: string, engine: EngineVersion): string | null {
  if (value.includes('://')) return 'it has a scheme';
  if (parseCidr(value) !== null) return null;
  const { host, port } = splitHostPort(value);
  const wellFormed = isHostPort(value) || (inRange(engine, '25..') && BRACKETED.test(value));
  if (!wellFormed && ipFamily(host) === null) return shapeOf(value);
  if (port !== '' && !/^[+-]?\d+$/.test(port)) return `${port} is not a port`;
  if (Number(port) < 0 || Number(port) > 65535) return `${port} is not a port`;
  return null;
}

/** Letters, digits and hyphens between dots, and a port: label by label, for one pattern of all takes the square of the length. */
function isHostPort(value: string): boolean {
  return value
    .replace(/:[0-9]+$/, '')
    .split('.')
    .every(
      (label) => /^[a-zA-Z0-9-]+$/.test(label) && !label.startsWith('-') && !label.endsWith('-'),
    );
}

function withoutScheme(entry: string): string {
  return entry.replace(/^https?:\/\//i, '');
}

/** An address and a number behind a slash. */
const BLOCK = /^(?:\d{1,3}(?:\.\d{1,3}){3}|(?=[\da-f]*:)[\da-f:]+)\/\d+$/i;

/** A block with a port, or with a netmask for its length. */
function blockMeant(value: string): string | null {
  const [, base, rest = ''] = /^((?:\d{1,3}\.){3}\d{1,3})\/(.+)$/.exec(value) ?? [];
  if (base === undefined) return null;
  const bits = /^(\d{1,2}):\d+$/.exec(rest)?.[1] ?? String(lengthOf(rest) ?? '');
  const block = `${base}/${bits}`;
  return bits !== '' && parseCidr(block) !== null ? block : null;
}

/** 255.255.0.0 is 16. */
function lengthOf(mask: string): number | null {
  const bytes = mask.split('.').map(Number);
  if (bytes.length !== 4 || bytes.some((byte) => !(byte >= 0 && byte <= 255))) return null;
  const bits = bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return /^1+0*$/.test(bits) ? bits.lastIndexOf('1') + 1 : null;
}

function severalIn(value: string, engine: EngineVersion): readonly string[] | null {
  if (/\s:|:\s/.test(value)) return null;
  const parts = value
    .split(/[,;\s、，；]/)
    .map((part) => withoutScheme(part))
    .filter((part) => part !== '');
  return parts.length > 1 &&
    parts.every((part) => whyNot(part, engine) === null && !/^\d+$/.test(part))
    ? parts
    : null;
}

function shapeOf(value: string): string {
  if (value !== value.trim()) return 'it has a space around it';
  if (value.includes('*')) return 'dockerd knows no wildcards here';
  if (/\/\d+$/.test(value)) return 'it is not an address block';
  if (value.includes('/')) return 'it has a path, and only host or host:port will do';
  if (value.includes('_')) return 'a host name may not have an underscore';
  if (value.endsWith('.')) return 'it ends with a dot';
  return 'it is neither host, host:port nor an address block';
}

/** The entry without what people paste along: spaces, a scheme, a path, a closing dot. */
function guess(value: string, engine: EngineVersion): { readonly instead?: string } {
  const shorter = value
    .replace(UNSEEN, '')
    .trim()
    .replace(/\s?[:：]\s?/g, ':')
    .replace(/^(?:https?:?\/+|[a-z]+:\/\/)/i, '')
    .replace(/\/.*$/s, '')
    .replace(/\.$/, '');
  const works = shorter !== value && shorter !== '' && whyNot(shorter, engine) === null;
  return works ? { instead: shorter } : {};
}
