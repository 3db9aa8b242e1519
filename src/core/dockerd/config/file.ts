import { messageOf } from '../../../errors.js';
import { bytesOf } from '../../plan/content.js';
import type { Document } from '../../formats/json/document.js';
import { openDocument } from '../../formats/json/open.js';
import { relax } from '../../formats/json/relaxed.js';
import type { FileImage } from '../../plan/plan.js';
import type { ObservedDaemon } from '../observed/observed.js';

/**
 * The daemon.json of this dockerd, for reading. One with comments is read too; `notStrict` then says where dockerd stops.
 * Throws `invalid-json` or `duplicate-key` as `openDocument` does.
 */
export function readDaemonFile({ configFile, configPath }: ObservedDaemon): {
  readonly document: Document;
  readonly notStrict: string | null;
} {
  const bytes = bytesIn(configFile);
  try {
    return { document: openDocument(bytes, configPath), notStrict: null };
  } catch (error) {
    const relaxed = bytes === null ? null : relax(bytes);
    if (relaxed?.ok !== true) throw error;
    return { document: relaxed.document, notStrict: messageOf(error) };
  }
}

/** Null where there is no file; daemon.json is no secret, and where a damaged plan says that it is, nobody knows it. */
export function bytesIn(image: FileImage | null): Uint8Array | null {
  return image === null || 'secret' in image.content ? null : bytesOf(image.content, new Map());
}

/** Whether both hold the same, whoever owns them. */
export function sameBytes(a: FileImage | null, b: FileImage | null): boolean {
  const [left, right] = [bytesIn(a), bytesIn(b)];
  return left === null || right === null ? left === right : Buffer.from(left).equals(right);
}
