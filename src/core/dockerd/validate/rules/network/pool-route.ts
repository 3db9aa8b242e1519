import { firstHost, formatBlock, type Block } from '../../../options/values/address.js';
import { inRange } from '../../../options/keys/version.js';
import { FROM_RANGE } from './bridge-block.js';
import { isWithoutRoute } from './bridge-ipv4.js';
import { NO_CONTAINER, textOf, type DecodedConfig, type RuleProblem } from '../rule.js';

/**
 * The bridge of a network, which is the gateway of its containers, has the first address of the first pool that has room: since 27 of the
 * lowest (libnetwork/ipams/defaultipam). `pools` are those with room for an IPv4 network.
 */
export function checkPoolRoute(candidate: DecodedConfig, blocks: readonly Block[]): RuleProblem[] {
  const { engine, host } = candidate;
  const first = inRange(engine, '27..') ? lowest(blocks) : blocks[0];
  if (first === undefined || !isWithoutRoute(first, firstHost(first))) return [];
  // A bridge that is there keeps its address.
  const isAsked =
    textOf(candidate, 'bridge') === '' &&
    textOf(candidate, 'bip') === '' &&
    !(textOf(candidate, 'fixed-cidr') !== '' && inRange(engine, FROM_RANGE)) &&
    host.bridgeAddress === undefined;
  const said = `no route may lead by ${formatBlock(first)}, the first of the pools`;
  return [
    {
      code: 'bad-network',
      path: ['default-address-pools'],
      message: isAsked ? `${said}${NO_CONTAINER}` : `${said}: no container of a new network starts`,
      hint: 'write a private block, such as "10.10.0.0/16"',
      stops: isAsked ? 'containers' : 'nothing',
    },
  ];
}

function lowest(blocks: readonly Block[]): Block | undefined {
  let found: Block | undefined;
  let least = Infinity;
  for (const block of blocks) {
    const number = numberOf(block.network);
    if (number < least) [found, least] = [block, number];
  }
  return found;
}

function numberOf(address: string): number {
  return address.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
}
