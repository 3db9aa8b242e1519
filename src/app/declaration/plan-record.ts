import { join } from 'node:path';
import type { DeclarationSource } from '../../core/declaration/declaration.js';
import { declarationPaths } from '../../core/declaration/declaration-paths.js';
import { placeOf, record, type DeclaredStatement } from '../../core/declaration/record.js';
import type { Declaration } from '../../core/declaration/schema.js';
import { contradictions } from '../../core/declaration/contradictions.js';
import { formatPath } from '../../core/formats/json/json-path.js';
import { type FileChange, fileOf, type Plan } from '../../core/plan/plan.js';
import { isDockerctlError, messageOf } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { declarationIn, readSources } from '../../system/machine/declaration.js';
import { hasDeclaration } from '../../system/machine/declaration-files.js';
import { readImage } from '../../system/files/image.js';

export interface Recording {
  readonly changes: readonly FileChange[];
  readonly notes: readonly string[];
  /** What is declared otherwise, and stays so: what the command does will be undone. */
  readonly warnings: readonly string[];
}

/**
 * Writes statements into our own file of the declaration. Not asked for, it stands in no command's way: a declaration
 * with an error is noted. Throws it where it was asked for.
 */
export function planRecord(
  host: Host,
  statements: readonly DeclaredStatement[],
  asked: boolean,
): Recording {
  try {
    const sources = hasDeclaration(host) ? readSources(host, null) : [];
    const declaration = declarationIn(host, sources);
    if (declaration.record === 'always' || asked) return planIn(host, sources, statements);
    const warnings = warningsOf({ host, sources, declaration }, statements);
    return { changes: [], notes: [], warnings };
  } catch (error) {
    if (asked || !isDockerctlError(error)) throw error;
    const [first] = messageOf(error).split('\n');
    return { changes: [], notes: [`nothing is recorded: ${first ?? ''}`], warnings: [] };
  }
}

/** What the declaration, as the plan leaves it, says otherwise than what the plan does. */
export function warningsAbout(
  host: Host,
  plan: Plan,
  statements: readonly DeclaredStatement[],
): string[] {
  try {
    const sources = readSources(host, null).flatMap((source): DeclarationSource[] => {
      const change = plan.changes.find(({ path }) => path === source.path);
      if (change === undefined) return [source];
      const content = change.after?.content;
      return content !== undefined && 'text' in content ? [{ ...source, text: content.text }] : [];
    });
    return warningsOf({ host, sources, declaration: declarationIn(host, sources) }, statements);
  } catch (error) {
    if (isDockerctlError(error)) return [];
    throw error;
  }
}

function planIn(
  host: Host,
  sources: readonly DeclarationSource[],
  statements: readonly DeclaredStatement[],
): Recording {
  const own = ownFile(host);
  const { text, notes } = record(sources, own, statements);
  const others = sources.filter(({ path }) => path !== own);
  const now = text === null ? sources : [...others, { path: own, text }];
  const declaration = declarationIn(host, now);
  const warnings = warningsOf({ host, sources: now, declaration }, statements);
  const changes = text === null ? [] : fileOf(own, text, readImage(host, own));
  return { changes, notes, warnings };
}

interface Declared {
  readonly host: Host;
  readonly sources: readonly DeclarationSource[];
  readonly declaration: Declaration;
}

function warningsOf(
  { host, sources, declaration }: Declared,
  statements: readonly DeclaredStatement[],
): string[] {
  const { drift } = declaration;
  return contradictions(declaration, statements).map(({ path, scope }) => {
    const place = placeOf(sources, path);
    const repairs = (drift[scope] ?? drift.default) === 'repair';
    const who = repairs ? 'the agent, and `dockerctl apply`,' : '`dockerctl apply`';
    const declare = place?.file === ownFile(host) ? 'declare it with --record' : 'change it there';
    return `${formatPath(path)} is declared otherwise at ${place?.at ?? 'the declaration'}: ${who} will undo this. Try: ${declare}`;
  });
}

/** The file of the declaration that commands write. */
function ownFile({ self }: Host): string {
  return join(declarationPaths(self).fragments, 'recorded.json5');
}
