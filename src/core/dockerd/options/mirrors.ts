import { rememberLast } from '../../text/remember-last.js';
import { HUB_INDEXES } from './docker-hub.js';
import type { EntryList } from './entries.js';
import { parseGoUrl, type GoUrl } from './values/url.js';
import { inRange, type EngineVersion } from './keys/version.js';
import { UNSEEN } from '../../text/unseen.js';

/** Engines that accept a path in a mirror's URL (moby PR#46320). */
const WITH_PATH = '24.0.8..';
/** Engines that look for `://` first (moby registry/config.go, ValidateMirror, v28.3.3). */
const WITH_SLASHES = '28.3.3..';

/** Why dockerd refuses a mirror, and the text that it would take where one can be guessed. */
export interface MirrorProblem {
  readonly reason: string;
  readonly instead?: string;
  /** `instead` is the address that was meant, without a doubt. */
  readonly isSure?: boolean;
}

/** Why this engine would not start with the mirror (moby daemon/pkg/registry/config.go, ValidateMirror); null when it would. */
export function mirrorProblem(mirror: string, engine: EngineVersion): MirrorProblem | null {
  const { bare, url } = urlOf(mirror);
  if (!/^[^:]+:\/\//.test(mirror) && (bare === null || inRange(engine, WITH_SLASHES))) {
    const meant = pasted(mirror);
    if (meant !== null) return { reason: 'it is not spelt as a URL', instead: meant, isSure: true };
    const host = /^(?:https?(?::\/?|\/\/))?([a-z0-9[][a-z0-9.:[\]_/-]*)$/i.exec(mirror)?.[1];
    return {
      reason: bare === null ? 'it has no scheme' : 'there is no // after its scheme',
      ...(host !== undefined && { instead: `https://${host}` }),
    };
  }
  if (url === null) {
    const instead = pasted(mirror);
    if (instead === null) return { reason: faultIn(mirror) ?? 'it is not a URL' };
    return { reason: 'more stands there than a URL', instead, isSure: true };
  }
  if (url.scheme !== 'http' && url.scheme !== 'https') {
    const near = /^h?t{1,3}ps?s?$/.test(url.scheme) ? url.scheme.endsWith('s') : null;
    return {
      reason: `its scheme is ${url.scheme}, and only https and http will do`,
      ...(near !== null && { instead: `http${near ? 's' : ''}://${url.host}${url.path}` }),
    };
  }
  const origin = `${url.scheme}://${url.host}`;
  if (url.query !== '' || url.fragment !== '') {
    return { reason: 'it has a query or a fragment', instead: `${origin}${url.path}` };
  }
  if (url.user !== null) {
    return { reason: 'it holds a user name or password', instead: `${origin}${url.path}` };
  }
  if (!inRange(engine, WITH_PATH) && url.path !== '' && url.path !== '/') {
    return { reason: 'it has a path, which needs an engine of 24.0.8 or newer', instead: origin };
  }
  return null;
}

/** The one address in a text with what people copy along: spaces, the marks of Markdown, what cannot be seen; null where it is no such text. */
function pasted(mirror: string): string | null {
  const seen = mirror
    .replace(UNSEEN, '')
    .replace('：//', '://')
    .trim()
    .replace(/^['"‘’“”,;]+/, '')
    .replace(/['"‘’“”，,;；]{1,9}$/, '');
  const inner =
    /^\[[^\]]*\]\((https?:\/\/[^\s()]+)\)$/i.exec(seen)?.[1] ??
    /^[<`](.*)[>`]$/.exec(seen)?.[1] ??
    seen;
  const address = inner.replace(/^(https?:\/\/)\s+/i, '$1');
  const isOne = address !== mirror && /^https?:\/\/[^\s,;]+$/i.test(address);
  return isOne && parseGoUrl(address) !== null && faultIn(address) === null ? address : null;
}

/** What no address of a mirror has, wherever it stands. */
function faultIn(mirror: string): string | null {
  if (/[,;、，；\s]https?:/i.test(mirror))
    return 'it holds two addresses: write each as a text of its own';
  if (/[<>{}]|你的|your[-_]|xxxx\./i.test(mirror))
    return 'it holds a placeholder, where something of yours belongs';
  return null;
}

interface MirrorUrl {
  readonly bare: GoUrl | null;
  readonly url: GoUrl | null;
}

/** What dockerd refuses is asked first, and then what it accepts in vain. */
const urlOf = rememberLast((mirror): MirrorUrl => {
  const bare = parseBareUrl(mirror);
  return { bare, url: bare ?? parseGoUrl(mirror) };
});

/** `https:host`, in which Go sees a scheme and something opaque, and dockerd nothing to complain of. */
function parseBareUrl(mirror: string): GoUrl | null {
  const [, scheme, rest] = /^(https?):(?!\/\/)(.*)$/is.exec(mirror) ?? [];
  if (scheme === undefined || rest === undefined) return null;
  // What is opaque may be anything; a path may not.
  const path = rest.startsWith('/') ? rest : rest.replace(/^[^?#]*/, '');
  return parseGoUrl(`${scheme}://${path}`);
}

/** The form that /info shows: exactly one slash added or kept at the end. */
export function normalizeMirror(mirror: string): string {
  return `${mirror.replace(/\/$/, '')}/`;
}

/** Two spellings of one mirror differ by the slash at the end: dockerd adds it. */
export const MIRRORS: EntryList = { key: 'registry-mirrors', same: normalizeMirror };

/** `host:port` of each; what is no URL has none. */
export function mirrorHosts(mirrors: readonly string[]): string[] {
  return mirrors.filter((mirror) => URL.canParse(mirror)).map((mirror) => new URL(mirror).host);
}

/** Normalized, each once, in order. */
export function normalizeMirrors(mirrors: readonly string[]): string[] {
  return [...new Set(mirrors.map(normalizeMirror))];
}

/** Why a mirror that dockerd accepts can never answer; null when it may. */
export function mirrorDoubt(mirror: string): MirrorProblem | null {
  const { url } = urlOf(mirror);
  if (url === null) return null;
  const fault = faultIn(mirror);
  if (fault !== null) return { reason: fault };
  const seen = mirror.replace(UNSEEN, '');
  if (seen !== mirror) return { reason: 'it holds a character that cannot be seen', instead: seen };
  const meant = pasted(mirror);
  if (meant !== null) return { reason: 'more stands there than a URL', instead: meant };
  if (HUB_INDEXES.includes(url.host))
    return { reason: 'it is Docker Hub itself, and no mirror of it' };
  if (url.host === '' || url.host.startsWith(':')) return { reason: 'it names no host' };
  const port = /:(\d+)$/.exec(url.host)?.[1];
  if (port !== undefined && (Number(port) > 65535 || Number(port) === 0)) {
    return { reason: `${port} is not a port` };
  }
  if (!/^https?:\/\//.test(mirror)) {
    return {
      reason:
        'dockerd looks for a lower-case scheme when it pulls, and takes this one for part of the host name',
      instead: mirror.replace(/^[^:]+/, (scheme) => scheme.toLowerCase()),
    };
  }
  return null;
}

/** A path that the API of registries has of its own: dockerd puts its /v2/ behind it. */
export function apiPathDoubt(mirror: string): MirrorProblem | null {
  const { url } = urlOf(mirror);
  if (url === null || !/^\/v[12]\/?$/.test(url.path)) return null;
  return {
    reason: `dockerd adds /v2/ itself, and asks for ${url.path.replace(/\/$/, '')}/v2/`,
    instead: `${url.scheme}://${url.host}`,
  };
}
