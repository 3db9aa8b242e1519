import { contentOf, tagOf, type Der } from '../asn1/der.js';
import { taggedBytes } from '../asn1/der-writer.js';
import { addressBytes, addressText } from './ip.js';
import type { NameKind, SubjectName } from './names.js';

/** GeneralName's context tags (RFC 5280 4.2.1.6). */
export const NAME_TAGS: Readonly<Record<NameKind, number>> = { email: 1, dns: 2, uri: 6, ip: 7 };

export function encodeGeneralName({ kind, value }: SubjectName): Buffer {
  const bytes = kind === 'ip' ? addressBytes(value) : Buffer.from(value, 'latin1');
  return taggedBytes(NAME_TAGS[kind], bytes ?? new Uint8Array());
}

/** null for the kinds that no TLS client looks at (directory names, other names). */
export function decodeGeneralName(name: Der): SubjectName | null {
  const kind = (Object.keys(NAME_TAGS) as NameKind[]).find((key) => NAME_TAGS[key] === tagOf(name));
  if (kind === undefined) return null;
  const content = contentOf(name);
  if (kind !== 'ip') return { kind, value: content.toString('latin1') };
  const valid = content.length === 4 || content.length === 16;
  return { kind, value: valid ? addressText(content) : content.toString('hex') };
}
