import type { JsonObject } from '../../formats/json/json-object.js';
import { redactAt } from '../../text/redact.js';
import { effectOf } from '../options/keys/effects.js';
import { sameMeaning } from '../options/meaning.js';
import type { KeyState, Remedy } from './key-state.js';

/** The keys that mean something else in the one than in the other. */
export function changedKeys(before: JsonObject, after: JsonObject): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => !sameMeaning(name, before[name], after[name]),
  );
}

/** What of these is written and does not count although dockerd was told, a sentence each. */
export function notInForce(states: readonly KeyState[]): string[] {
  return states.flatMap(({ key, pending, current }) => {
    if (pending === null) return [];
    const has =
      current?.value === undefined
        ? ''
        : `: dockerd has ${JSON.stringify(redactAt([key], current.value))}`;
    return [`${key} is written and not in force${has}. ${WAYS[pending]}`];
  });
}

const WAYS: Readonly<Record<Remedy, string>> = {
  reload: 'It takes a reload: `dockerctl daemon reload`',
  restart: 'It takes a restart: `dockerctl daemon restart`',
  'restart without containers':
    'The default bridge stays as it is while containers run: stop them, then `dockerctl daemon restart`',
};

/** What containers and networks that are there get of a change of these keys, a sentence a kind. */
export function limitsOf(keys: readonly string[]): string[] {
  const those = (holds: (key: string) => boolean) => keys.filter(holds).join(', ');
  const never = those((key) => effectOf(key).existing === 'never');
  const later = those((key) => effectOf(key).existing === 'next start');
  const networks = those((key) => effectOf(key).holdsFor === 'new networks');
  return [
    ...(never === ''
      ? []
      : [
          `${never}: for new containers; those that are there keep what they have until they are made anew`,
        ]),
    ...(later === ''
      ? []
      : [`${later}: containers that are there take it when they are started the next time`]),
    ...(networks === ''
      ? []
      : [`${networks}: for new networks; those that are there stay as they are`]),
    ...(keys.includes('default-address-pools')
      ? [
          'docker0 takes an address of the pools when dockerd is started while no container runs and live-restore is off, and not before',
        ]
      : []),
  ];
}
