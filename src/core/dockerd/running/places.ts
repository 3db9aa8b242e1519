import { get } from '../../formats/json/json-edit.js';
import { placeOf } from '../../formats/json/syntax/place.js';
import type { ObservedDaemon } from '../observed/observed.js';
import { PROXY_FLAGS } from '../options/flag-table.js';
import type { KeySpec } from '../options/keys/key.js';
import { variablesOf } from './environment.js';
import type { Said } from './key-state.js';
import type { Looked } from './looked.js';

/** Who says what of a key, each with its place. */
export function saidOf(key: KeySpec, { observed, document, next }: Looked): Said[] {
  const { name } = key;
  const flag = next.flag(key);
  const variable = next.environment(key);
  return [
    ...inFile(name, { observed, document }),
    ...(flag === undefined
      ? []
      : [{ source: 'flag' as const, value: flag, from: placeOfFlag(key, observed) }]),
    ...(variable === undefined
      ? []
      : [
          {
            source: 'environment' as const,
            value: variable,
            from: placeOfVariable(name, observed),
          },
        ]),
  ];
}

export function inFile(
  name: string,
  { observed, document }: Pick<Looked, 'observed' | 'document'>,
): Said[] {
  const member = document.root?.members.findLast(({ key }) => key === name);
  if (member === undefined) return [];
  const { line } = placeOf(document.text, member.start);
  const value = get(document, [name]) ?? null;
  return [{ source: 'file', value, from: `${observed.configPath}:${line}` }];
}

function placeOfFlag(key: KeySpec, { flagSources, startWords }: ObservedDaemon): string | null {
  const names = key.flag === null ? PROXY_FLAGS : [key.flag ?? key.name];
  const isOne = (word: string): boolean =>
    names.some((name) => word === `--${name}` || word.startsWith(`--${name}=`)) ||
    (key.short !== undefined && word.startsWith(`-${key.short}`));
  return (
    startWords.find(({ word }) => isOne(word))?.source ??
    flagSources.find(({ flag }) => isOne(flag))?.source ??
    null
  );
}

function placeOfVariable(name: string, { witnesses }: ObservedDaemon): string | null {
  const places = variablesOf(name).flatMap(
    (variable) => witnesses.startEnvironment.get(variable)?.source ?? [],
  );
  return places[0] ?? null;
}
