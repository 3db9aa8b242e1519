import { join } from 'node:path';
import type { Source } from '../core/declaration/declaration.js';
import { declarationPlaces } from '../core/declaration/places.js';
import { record, type Statement } from '../core/declaration/record.js';
import { type FileChange, fileOf } from '../core/plan.js';
import { isDockerctlError, messageOf } from '../errors.js';
import type { Host } from '../host/host.js';
import { declarationIn, readSources } from '../system/declaration.js';
import { hasDeclaration } from '../system/declaration-files.js';
import { readImage } from '../system/image.js';

export interface Recording {
  readonly changes: readonly FileChange[];
  readonly notes: readonly string[];
}

/**
 * Writes statements into our own file of the declaration. Not asked for, it stands in no command's way: a declaration
 * with an error is noted. Throws it where it was asked for.
 */
export function planRecord(
  host: Host,
  statements: readonly Statement[],
  asked: boolean,
): Recording {
  try {
    const sources = hasDeclaration(host) ? readSources(host, null) : [];
    if (declarationIn(host, sources).record !== 'always' && !asked)
      return { changes: [], notes: [] };
    return planIn(host, sources, statements);
  } catch (error) {
    if (asked || !isDockerctlError(error)) throw error;
    const [first] = messageOf(error).split('\n');
    return { changes: [], notes: [`nothing is recorded: ${first ?? ''}`] };
  }
}

function planIn(
  host: Host,
  sources: readonly Source[],
  statements: readonly Statement[],
): Recording {
  const own = join(declarationPlaces(host.self).fragments, 'recorded.json5');
  const { text, notes } = record(sources, own, statements);
  if (text === null) return { changes: [], notes };
  const others = sources.filter(({ path }) => path !== own);
  declarationIn(host, [...others, { path: own, text }]);
  return { changes: fileOf(own, text, readImage(host, own)), notes };
}
