import type { GoRules } from '../rules/generation.js';
import { isDomain } from './domain.js';

export interface Mailbox {
  readonly local: string;
  readonly domain: string;
}

// RFC 2821 4.1.2, as verify.go parseRFC2821Mailbox reads it.
const PLAIN = /^(?:\\[^]|[0-9a-zA-Z!#$%&'*+\-/=?^_`{|}~.])*/;
const QUOTED =
  /^"((?:\\[\x01-\x09\x0b\x0c\x0e-\x7f]|[\x01-\x08\x0b\x0c\x0e-\x21\x23-\x5b\x5d-\x7f])*)"/;

/** null: no mailbox. */
export function mailboxOf(text: string, rules: GoRules): Mailbox | null {
  const quoted = QUOTED.exec(text);
  const [written = ''] = quoted ?? PLAIN.exec(text) ?? [];
  const local = (quoted?.[1] ?? written).replace(/\\([^])/g, '$1');
  if (quoted === null && (local === '' || /^\.|\.$|\.\./.test(local))) return null;
  if (text[written.length] !== '@') return null;
  const domain = text.slice(written.length + 1);
  if (!isDomain(domain, rules)) return null;
  return rules.domains === 'text' && domain.includes('@') ? null : { local, domain };
}
