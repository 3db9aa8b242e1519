import { STRINGS, type KeySpec } from './key.js';

/** Networking: all of it is read at start only. */
export const NETWORK_KEYS: readonly KeySpec[] = [
  { name: 'bip', shape: 'string', default: '' },
  { name: 'bip6', shape: 'string', engines: '28..', default: '' },
  { name: 'bridge', shape: 'string', short: 'b', default: '' },
  { name: 'fixed-cidr', shape: 'string', default: '' },
  { name: 'fixed-cidr-v6', shape: 'string', default: '' },
  { name: 'default-gateway', shape: 'string', default: '' },
  { name: 'default-gateway-v6', shape: 'string', default: '' },
  { name: 'ip', shape: 'string', default: '0.0.0.0' },
  { name: 'ip-forward-no-drop', shape: 'boolean', engines: '28..', default: false },
  { name: 'allow-direct-routing', shape: 'boolean', engines: '28.2..', default: false },
  { name: 'firewall-backend', shape: 'string', engines: '29..', default: '' },
  { name: 'bridge-accept-fwmark', shape: 'string', engines: '29..', default: '' },
  { name: 'iptables', shape: 'boolean', default: true },
  // Off until 26.1, on since 27.0.
  { name: 'ip6tables', shape: 'boolean' },
  { name: 'ip-forward', shape: 'boolean', default: true },
  { name: 'ip-masq', shape: 'boolean', default: true },
  { name: 'icc', shape: 'boolean', default: true },
  { name: 'ipv6', shape: 'boolean', default: false },
  { name: 'userland-proxy', shape: 'boolean', default: true },
  { name: 'userland-proxy-path', shape: 'string' },
  { name: 'mtu', shape: 'integer', example: 1500 },
  { name: 'network-control-plane-mtu', shape: 'integer', default: 1500 },
  { name: 'dns', shape: STRINGS, default: [] },
  { name: 'dns-opts', shape: STRINGS, flag: 'dns-opt', default: [] },
  { name: 'dns-search', shape: STRINGS, default: [] },
  // Since 28.0 an alias of host-gateway-ips, whose flag has kept the old name.
  { name: 'host-gateway-ip', shape: 'string', default: '' },
  {
    name: 'host-gateway-ips',
    shape: STRINGS,
    engines: '28..',
    flag: 'host-gateway-ip',
    default: [],
  },
  {
    name: 'default-address-pools',
    shape: { list: { fields: { base: 'string', size: 'integer' } } },
    flag: 'default-address-pool',
    default: [],
    proof: { info: '/DefaultAddressPools', as: 'pools' },
  },
  {
    name: 'default-network-opts',
    shape: { map: { map: 'string' } },
    engines: '24..',
    flag: 'default-network-opt',
    default: {},
  },
];
