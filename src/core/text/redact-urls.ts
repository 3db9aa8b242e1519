/** User and password in every URL of a text, and before every host:port, as `…`. */
export function redactUrls(text: string): string {
  return beforePorts(text.replace(IN_URL, '//…@'));
}

/** The user and password of one address or URL, with a scheme and a port or without. */
export function redactAddress(text: string): string {
  if (!text.includes('@')) return text;
  const parts = text.split('/').map((part) => {
    const at = part.lastIndexOf('@');
    return at === -1 ? part : `…${part.slice(at)}`;
  });
  return parts.join('/');
}

/** A password may hold an @ (net/url takes the last), but no slash, space or quote: no two matches look at the same text. */
const IN_URL = /\/\/[^\s"\\/]*@/g;

/**
 * `me:secret@proxy.test:3128` without a scheme, as Go takes a proxy too, and its password may hold an @ as well;
 * `image:tag@sha256:…` is none. Every @ before a host looks back to the one before that, and no further.
 */
function beforePorts(text: string): string {
  let [done, least, shown] = [0, 0, ''];
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    if (!isHostPort(text, at + 1)) continue;
    const start = userStart(text, least, at);
    least = at + 1;
    if (start === null) continue;
    shown += `${text.slice(done, start)}…`;
    done = at;
  }
  return shown + text.slice(done);
}

const HOST = /[\w.[\]:-]+/y;

function isHostPort(text: string, from: number): boolean {
  HOST.lastIndex = from;
  const host = HOST.exec(text)?.[0];
  return host !== undefined && /.:\d{1,5}(?!\w)/.test(host);
}

const NO_PASSWORD = /[\s"/\\]/;
const BEFORE_USER = /[\s"'`=([{,]/;
const AFTER_USER = /["'`:=([{,]/;

/** Where the user begins whose password ends at `end`; null where there is none. */
function userStart(text: string, least: number, end: number): number | null {
  let run = end;
  while (run > least && !NO_PASSWORD.test(text.charAt(run - 1))) run -= 1;
  let start = run === 0 || BEFORE_USER.test(text.charAt(run - 1)) ? run : null;
  for (let at = run; at < end; at++) {
    const character = text.charAt(at);
    if (!AFTER_USER.test(character)) continue;
    if (character === ':' && start !== null && at > start && at + 1 < end) return start;
    start = BEFORE_USER.test(character) ? at + 1 : null;
  }
  return null;
}
