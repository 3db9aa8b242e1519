// Values of the keys of networks: addresses, pools, gateways, DNS.
import fc from 'fast-check';
import { list, maybe, whole } from './arbitraries.mjs';
import { address, block, hostname, word } from './texts.mjs';

const { constantFrom, oneof } = fc;

const domain = oneof(
  constantFrom(
    'corp.example',
    'example',
    '.',
    '',
    'a_b',
    'ex ample',
    'a.b.',
    '1.2',
    'x'.repeat(70),
    '-a.b',
    'a-.b',
    ' corp',
    'corp ',
    'Corp.Example',
    '*.corp',
    'ü.de',
    'a..b',
    '_tcp.corp',
    '1a',
    'a1',
    '.corp',
  ),
  hostname,
);

export const NETWORK = {
  'default-address-pools': list(
    oneof(
      {
        weight: 4,
        arbitrary: maybe({
          base: block,
          size: oneof(constantFrom(24, 26, 28, 16), whole),
          Base: block,
        }),
      },
      {
        weight: 1,
        arbitrary: constantFrom(
          { base: '10.0.0.0/8', size: '24' },
          '10.0.0.0/8',
          null,
          {},
          { base: '172.80.0.0/16', size: 24 },
          { scope: 'local', base: '10.7.0.0/16', size: 24 },
        ),
      },
    ),
  ),
  bip: block,
  bip6: block,
  'fixed-cidr': block,
  'fixed-cidr-v6': block,
  bridge: constantFrom('', 'docker0', 'none', 'br0', 'lo', 'a b', 'x'.repeat(20), 'None'),
  'default-gateway': address,
  'default-gateway-v6': address,
  ip: address,
  'host-gateway-ip': address,
  'host-gateway-ips': list(address),
  dns: list(address),
  'dns-search': list(domain),
  'dns-opts': list(word),
  mtu: whole,
  'network-control-plane-mtu': whole,
  'network-diagnostic-port': constantFrom(0, -1, 65536, 1, 70000, 65535),
  'default-network-opts': constantFrom(
    { bridge: { 'com.docker.network.driver.mtu': '1450' } },
    { bridge: { 'com.docker.network.driver.mtu': 1450 } },
    {},
    { bridge: null },
    { x: {} },
    { bridge: { bogus: 'x' } },
    { bridge: 'x' },
    null,
    { overlay: { a: 'b' } },
  ),
};
