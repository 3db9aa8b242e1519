import { firstHost, formatBlock, type Block } from '../../../options/values/address.js';
import { inRange } from '../../../options/keys/version.js';
import { FROM_RANGE } from './bridge-block.js';
import { isWithoutRoute } from './bridge-ipv4.js';
import { NO_CONTAINER, textOf, type DecodedConfig, type RuleProblem } from '../rule.js';

/**
 * The bridge of a network, which is the gateway of its containers, has the first address of the first pool that has room: since 27 of the
 * lowest (libnetwork/ipams/defaultipam). `pools` are those with room for an IPv4 network.
 */
export function checkPoolRoute(
  candidate: DecodedConfig,
  pools: readonly (Block | null)[],
): RuleProblem[] {
  const { engine, host } = candidate;
  const blocks = pools.filter((block) => block !== null);
  const [first] = inRange(engine, '27..')
    ? blocks.toSorted((a, b) => numberOf(a.network) - numberOf(b.network))
    : blocks;
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

function numberOf(address: string): number {
  return address.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
}
