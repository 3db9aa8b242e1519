import { BlockList, isIPv6 } from 'node:net';

/** Loopback, "this host", and link-local with the metadata services of clouds in it (RFC 6890). */
const INNER = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  // Metadata of Alibaba Cloud, and the wire server of Azure.
  ['100.100.100.200', 32],
  ['168.63.129.16', 32],
] as const)
  INNER.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of [
  ['::', 127],
  ['fe80::', 10],
  // AWS's metadata service.
  ['fd00:ec2::', 32],
  // Google's.
  ['fd20:ce::254', 128],
] as const)
  INNER.addSubnet(network, bits, 'ipv6');

/**
 * An address that a server has no business to send us to: only this machine, or what stands next to it, is reached
 * there. We run as root, and what answers there may trust whoever asks.
 */
export function isInner(address: string): boolean {
  return INNER.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}
