import { createHash } from 'node:crypto';
import { isUtf8 } from 'node:buffer';
import { DockerctlError } from '../../errors.js';
import type { Content, FileImage, Secrets } from './plan.js';

/** What identifies a file as it is or shall be, without its bytes. */
export interface Fingerprint {
  /** Lower-case hex. */
  readonly sha256: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** The bytes as a plan carries them. Never for a private key: that is `secretOf`. */
export function contentOf(bytes: Uint8Array): Content {
  return isUtf8(bytes)
    ? { text: Buffer.from(bytes).toString('utf8') }
    : { base64: Buffer.from(bytes).toString('base64') };
}

/** The name under which a plan mentions bytes that it must not show; put them into `Secrets` under `secret`. */
export function secretOf(bytes: Uint8Array): { readonly secret: string; readonly size: number } {
  return { secret: sha256(bytes), size: bytes.length };
}

/** @throws bug when the plan names a secret whose bytes did not travel with it. */
export function bytesOf(content: Content, secrets: Secrets): Uint8Array {
  if ('text' in content) return Buffer.from(content.text, 'utf8');
  if ('base64' in content) return Buffer.from(content.base64, 'base64');
  const bytes = secrets.get(content.secret);
  if (bytes === undefined || sha256(bytes) !== content.secret)
    throw new DockerctlError({
      code: 'bug',
      message: `the bytes of the secret ${content.secret.slice(0, 12)}… did not come with the plan`,
      hint: 'report this with the command you typed',
    });
  return bytes;
}

export function fingerprintOf({ content, mode, uid, gid }: FileImage): Fingerprint {
  const digest = 'secret' in content ? content.secret : sha256(bytesOf(content, new Map()));
  return { sha256: digest, mode, uid, gid };
}

export function sameFingerprint(a: Fingerprint | null, b: Fingerprint | null): boolean {
  if (a === null || b === null) return a === b;
  return a.sha256 === b.sha256 && a.mode === b.mode && a.uid === b.uid && a.gid === b.gid;
}

export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
