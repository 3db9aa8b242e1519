/** The parts of a URL as Go's net/url sees them. */
export interface GoUrl {
  readonly scheme: string;
  readonly user: string | null;
  readonly host: string;
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
}

/** What Go's url.Parse makes of `scheme://…`; null where it fails (golang/go src/net/url/url.go). */
export function parseGoUrl(text: string): GoUrl | null {
  if (/[\u0000-\u001f\u007f]/.test(text)) return null;
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/is.exec(text);
  if (match === null) return null;
  const [, scheme = '', authority = '', path = '', query = '', fragment = ''] = match;
  const at = authority.lastIndexOf('@');
  const user = at === -1 ? null : authority.slice(0, at);
  const host = authority.slice(at + 1);
  if (user !== null && !/^[\w\-.~!$&'()*+,;=:%@]*$/.test(user)) return null;
  if (!isHost(host) || !escapesAreWhole(path) || !escapesAreWhole(fragment)) return null;
  return { scheme: scheme.toLowerCase(), user, host, path, query, fragment };
}

function isHost(host: string): boolean {
  if (host.startsWith('[')) return /^\[[0-9a-f:.%\w-]*\](?::\d*)?$/i.test(host);
  const colon = host.indexOf(':');
  if (colon !== -1 && !/^:\d*$/.test(host.slice(host.lastIndexOf(':')))) return false;
  if (/%(?![89a-f][0-9a-f])/i.test(host)) return false;
  return !/[ \\^`{|}[\]]/.test(host);
}

function escapesAreWhole(text: string): boolean {
  return !/%(?![0-9a-f]{2})/i.test(text);
}
