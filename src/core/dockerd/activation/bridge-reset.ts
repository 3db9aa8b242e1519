import { get, set } from '../../formats/json/json-edit.js';
import { isObject, type Json, type JsonObject } from '../../formats/json/json-object.js';
import { atPointer } from '../../plan/expectation.js';
import type { FileImage } from '../../plan/plan.js';
import type { ObservedDaemon } from '../observed/observed.js';
import { documentIn, documentOf } from './documents.js';
import { parseFlags } from '../options/flags.js';
import { isBlank } from '../options/meaning.js';
import { type Block, blockContains, parseBlock } from '../options/values/address.js';

/** daemon.json before and after a change, as dockerd reads it. */
export interface ConfigPair {
  readonly has: JsonObject;
  readonly wanted: JsonObject;
}

/** Keys that give docker0 its address. */
const KEYS = ['bip', 'default-address-pools'];

/**
 * The IPv4 block that docker0 has by `has` and would keep, though `wanted` does not ask for it: dockerd takes an existing
 * docker0 over as it is (moby#49353, libnetwork's store). null where docker0 is not concerned, or cannot be seen.
 */
export function keptBlock(
  { witnesses: { defaultBridge: network }, argv }: Pick<ObservedDaemon, 'witnesses' | 'argv'>,
  { has, wanted }: ConfigPair,
): string | null {
  const { flags } = parseFlags(argv);
  if (flags.has('bip') || flags.has('bridge')) return null;
  if (!isBlank(undefined, wanted.bip) || !isBlank(undefined, wanted.bridge)) return null;
  const block = network === null || network === 'none' ? null : blockOf(network);
  if (block === null) return null;
  const text = `${block.network}/${block.prefix}`;
  if (!isBlank(undefined, has.bip))
    return typeof has.bip === 'string' && isAt(block, has.bip) ? text : null;
  const isOf = (config: JsonObject) => poolsOf(config).some((pool) => isIn(block, pool));
  return isOf(has) && !isOf(wanted) ? text : null;
}

/** Whether docker0 would stay where it is, and a start can take it away: with containers that run none does. */
export function movesBridge(
  now: ObservedDaemon,
  configs: ConfigPair,
  containers: 'keep' | 'stop',
): boolean {
  const ends = now.containers.length === 0 || (containers === 'stop' && !keepsThem(now));
  return now.state === 'running' && ends && keptBlock(now, configs) !== null;
}

function keepsThem({ info }: ObservedDaemon): boolean {
  return info?.LiveRestoreEnabled === true;
}

/** Whether a change of the file may move docker0. */
export function concernsBridge({ has, wanted }: ConfigPair): boolean {
  return KEYS.some((key) => JSON.stringify(has[key]) !== JSON.stringify(wanted[key]));
}

/** The file for one start that takes docker0 away, so that the next makes it anew; null where it is no strict JSON. */
export function withoutBridge(text: string | null): string | null {
  const document = documentOf(text ?? '');
  return document === null ? null : set(document, ['bridge'], 'none').text;
}

/** What dockerd reads in these: a file that it cannot read says nothing to it. */
export function configsIn(before: FileImage | null, after: FileImage | null): ConfigPair {
  return { has: configOf(before), wanted: configOf(after) };
}

function configOf(image: FileImage | null): JsonObject {
  const document = documentIn(image);
  return document === null ? {} : (get(document, []) as JsonObject);
}

function blockOf(network: JsonObject): Block | null {
  const blocks = atPointer(network, '/IPAM/Config');
  return (
    (Array.isArray(blocks) ? (blocks as readonly Json[]) : [])
      .map((block) => {
        const subnet = isObject(block) ? block.Subnet : null;
        return typeof subnet === 'string' ? parseBlock(subnet) : null;
      })
      .find((block) => block?.family === 4) ?? null
  );
}

function isAt(block: Block, bip: string): boolean {
  const own = parseBlock(bip);
  return own !== null && own.network === block.network && own.prefix === block.prefix;
}

function poolsOf(config: JsonObject): Block[] {
  const pools = config['default-address-pools'];
  return (Array.isArray(pools) ? (pools as readonly Json[]) : []).flatMap((pool) => {
    const base = isObject(pool) ? pool.base : null;
    return (typeof base === 'string' ? parseBlock(base) : null) ?? [];
  });
}

function isIn(block: Block, pool: Block): boolean {
  return pool.prefix <= block.prefix && blockContains(pool, block.network);
}
