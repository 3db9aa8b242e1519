import type { Json, JsonObject } from '../../formats/json/json-object.js';
import { inRange, type EngineVersion } from '../options/keys/version.js';
import { redactAt } from '../../text/redact.js';
import { effectOf } from '../options/keys/effects.js';
import type { KeyState, Remedy } from './key-state.js';

/** What of these is written and does not count although dockerd was told, a sentence each. */
export function notInForce(states: readonly KeyState[]): string[] {
  return states.flatMap(({ key, pending, current, said }) => {
    if (pending === null) return [];
    const value = current?.value;
    const shown = value === undefined ? null : JSON.stringify(redactAt([key], value));
    const has = shown === null ? '' : `: dockerd has ${shown}`;
    return said.length === 0
      ? [
          `${key} is said by nobody any more, and dockerd still has ${shown ?? 'a value'}. ${WAYS[pending]}`,
        ]
      : [`${key} is written and not in force${has}. ${WAYS[pending]}`];
  });
}

const WAYS: Readonly<Record<Remedy, string>> = {
  reload: 'It takes a reload: `dockerctl daemon reload`',
  restart: 'It takes a restart: `dockerctl daemon restart`',
  'one place':
    'The file and a flag both say it, with which dockerd does not start again: `dockerctl doctor` names the command',
  'restart without containers':
    'The default bridge stays as it is while containers run: stop them, then `dockerctl daemon restart`',
};

/** What the kernel keeps of the old value after the restart that this takes, a sentence a key (measured on 20.10, 26.1 and 28.5). */
export function leftInKernel(
  before: JsonObject,
  after: JsonObject,
  engine: EngineVersion,
): string[] {
  return LEFT.filter(
    ({ key, when, engines = '' }) => when(before[key], after[key]) && inRange(engine, engines),
  ).map(({ text }) => text);
}

interface Left {
  readonly key: string;
  readonly engines?: string;
  readonly when: (before: Json | undefined, after: Json | undefined) => boolean;
  readonly text: string;
}

const becomes =
  (value: Json): Left['when'] =>
  (before, after) =>
    after === value && before !== value;
const isNoLonger =
  (value: Json): Left['when'] =>
  (before, after) =>
    before === value && after !== value;

const LEFT: readonly Left[] = [
  {
    key: 'iptables',
    when: becomes(false),
    text: 'iptables false: the rules that dockerd has made stay in the kernel until they are flushed by hand or the machine is booted; it makes no more',
  },
  {
    key: 'ip6tables',
    when: becomes(false),
    text: 'ip6tables false: the rules that dockerd has made stay in the kernel until they are flushed by hand or the machine is booted; it makes no more',
  },
  {
    key: 'ip-forward',
    when: becomes(false),
    text: 'ip-forward false: forwarding stays as the kernel has it; `sysctl net.ipv4.ip_forward=0` switches it off',
  },
  {
    key: 'ip-forward-no-drop',
    when: isNoLonger(true),
    text: 'the policy of FORWARD stays as it is: dockerd sets it to DROP only where it switches forwarding on itself',
  },
  {
    key: 'ipv6',
    when: isNoLonger(true),
    text: 'net.ipv6.conf.all.forwarding and net.ipv6.conf.default.forwarding stay as ipv6 has set them, and docker0 may keep its IPv6 address until the machine is booted',
  },
  {
    key: 'userland-proxy',
    engines: '..22',
    when: isNoLonger(false),
    text: 'rules that dockerd has made while userland-proxy was false stay in the kernel until the machine is booted',
  },
];

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
