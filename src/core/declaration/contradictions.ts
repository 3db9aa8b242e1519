import { DEFAULT_CONSUMERS } from './consumers.js';
import { type DeclaredStatement, valueAt } from './record.js';
import type { Declaration } from './schema.js';
import { keyOf } from './statements.js';
import type { Scope } from './drift.js';
import { parseText } from '../formats/json/document.js';
import { isObject, type Json, type JsonObject } from '../formats/json/json-object.js';
import type { Path } from '../formats/json/json-path.js';
import { isApplied, desiredValuesOf } from './desired-values.js';

/** A place of a declaration that says otherwise than a command: what the command does will count as drift. */
export interface Contradiction {
  readonly path: Path;
  readonly scope: Scope;
}

/** Certificates are left out: whatever a command does with them, what is declared is there too. */
export function contradictions(
  declaration: Declaration,
  statements: readonly DeclaredStatement[],
): Contradiction[] {
  return statements.flatMap((statement): Contradiction[] => {
    const [part] = statement.path;
    if (part === 'certificates') return [];
    if (part !== 'registries' && part !== 'cas') return ofDaemon(declaration, statement);
    const declared = valueAt(declaration as unknown as JsonObject, statement.path);
    if (declared === undefined || allows(declared, statement.say(declared))) return [];
    return [{ path: statement.path, scope: part }];
  });
}

function ofDaemon(declaration: Declaration, statement: DeclaredStatement): Contradiction[] {
  const key = keyOf(statement.path);
  const value = statement.say(valueAt(declaration as unknown as JsonObject, statement.path));
  if (value === undefined) return [];
  const parsed = parseText(JSON.stringify(value === null ? {} : { [key]: value }));
  if (!parsed.ok) return [];
  return desiredValuesOf(declaration)
    .filter((desired) => desired.path[0] === key && !isApplied(parsed.document, desired))
    .map(({ declared }) => ({ path: declared, scope: 'daemon' }));
}

/** Whether what a command makes of a registry or a CA leaves it as it is declared. What a file or a fingerprint stands for is not known here. */
function allows(declared: Json, said: Json | undefined): boolean {
  if (!isObject(declared) || !isObject(said)) return false;
  const [one, other] = [pemIn(declared), pemIn(said)];
  const sameCa = one === undefined || other === undefined || one === other;
  const lost = consumersOf(declared).some((name) => !consumersOf(said).includes(name));
  return sameCa && !lost && (declared.insecure !== true || said.insecure === true);
}

/** Of a registry, or of a CA. */
function pemIn({ ca, pem }: JsonObject): Json | undefined {
  return isObject(ca) ? ca.pem : pem;
}

function consumersOf({ to }: JsonObject): readonly Json[] {
  return (to as readonly Json[] | undefined) ?? DEFAULT_CONSUMERS;
}
