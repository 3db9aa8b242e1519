/** What a mirror made of a request for a manifest that Docker Hub has. */
export interface MirrorAnswer {
  readonly status: number;
  readonly contentType: string;
  /** The beginning of it. */
  readonly body: string;
}

/** `unused`: dockerd does not ask it. */
export type MirrorVerdict = 'works' | 'answers' | 'unused' | 'dead';

/** A manifest, or at least a registry's word on it; a mirror that wants a login is of no use: dockerd has none for it. */
export function judgeMirror({ status, contentType, body }: MirrorAnswer): {
  readonly verdict: MirrorVerdict;
  readonly reason: string;
} {
  const isManifest = /manifest|image\.index|oci\.image/.test(contentType);
  if (status === 200 && isManifest) return { verdict: 'works', reason: 'gives the manifest' };
  if (status === 200)
    return { verdict: 'dead', reason: 'answers with something that is no manifest' };
  if (status === 404)
    return {
      verdict: 'answers',
      reason: 'does not have this image (404): dockerd goes on to the next',
    };
  if (status === 401 || status === 403) {
    return {
      verdict: 'dead',
      reason: `wants a login (${status}), and dockerd has none for a mirror`,
    };
  }
  if (status === 400 && /HTTPS (?:server|port)/i.test(body))
    return {
      verdict: 'dead',
      reason: 'was asked over http and wants https: its URL must begin with https',
    };
  if (status === 429) return { verdict: 'answers', reason: 'limits us (429)' };
  if (status >= 300 && status < 400) return { verdict: 'answers', reason: `redirects (${status})` };
  return { verdict: 'dead', reason: `answers ${status}` };
}
