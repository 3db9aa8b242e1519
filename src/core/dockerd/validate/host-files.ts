import { formatBlock, parseBlock } from '../options/values/address.js';

/** Names and numbers of /etc/passwd or /etc/group. */
export function accountsIn(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.split(':'))
    .flatMap(([name = '', , number = '']) =>
      name === '' || name.startsWith('#') ? [] : [name, number],
    );
}

/** The user, by name or number, stands in /etc/subuid or /etc/subgid, whose lines are `name:first:count`. */
export function hasRange(user: string, of: { readonly passwd: string; readonly ranges: string }) {
  const accounts = of.passwd.split('\n').map((line) => line.split(':'));
  const name = accounts.find(([, , number]) => number === user)?.[0] ?? user;
  return of.ranges.split('\n').some((line) => line.startsWith(`${name}:`));
}

/** /etc/nsswitch.conf takes accounts from files alone, so that /etc/passwd and /etc/group are all there is. */
export function onlyLocalAccounts(nsswitch: string): boolean {
  const sources = [...nsswitch.matchAll(/^(?:passwd|group):([^\n#]*)/gm)].flatMap(
    ([, words = '']) => words.trim().split(/\s+/),
  );
  return sources.every((source) => ['', 'files', 'compat', 'systemd', 'altfiles'].includes(source));
}

/** IPv4 addresses of this machine, from /proc/net/fib_trie. */
export function localAddresses(fibTrie: string): string[] {
  return [
    ...new Set(
      [...fibTrie.matchAll(/\|-- ([\d.]+)\n\s+\/32 host LOCAL/g)].map(
        ([, address = '']) => address,
      ),
    ),
  ];
}

/** The address of a bridge with its block, `172.17.0.1/16`, from /proc/net/route and the local addresses; null when it has none. */
export function bridgeAddress(route: string, addresses: readonly string[]): string | null {
  const [, destination = '', mask = ''] =
    /^docker0\s+([0-9A-F]{8})\s+00000000(?:\s+\d+){4}\s+([0-9A-F]{8})\s/m.exec(route) ?? [];
  if (destination === '') return null;
  const prefix = prefixOf(mask);
  const network = `${fromHex(destination).join('.')}/${prefix}`;
  const address = addresses.find((one) => {
    const block = parseBlock(`${one}/${prefix}`);
    return block !== null && formatBlock(block) === network;
  });
  return address === undefined ? null : `${address}/${prefix}`;
}

/** The ports that are listened on (state 0A), from /proc/net/tcp and tcp6. */
export function listeningPorts(tables: readonly string[]): number[] {
  return tables.flatMap((table) =>
    [...table.matchAll(/^\s*\d+: [0-9A-F]+:([0-9A-F]{4}) [0-9A-F]+:[0-9A-F]{4} 0A /gm)].map(
      ([, port = '']) => parseInt(port, 16),
    ),
  );
}

/** Blocks that IPv4 routes without a gateway lead to, docker0's aside, and name servers, from /proc/net/route and /etc/resolv.conf. */
export function usedNetworks(route: string, resolv: string): string[] {
  const routes = [
    ...route.matchAll(/^(\S+)\s+([0-9A-F]{8})\s+00000000(?:\s+\d+){4}\s+([0-9A-F]{8})\s/gm),
  ]
    .filter(([, device, network]) => device !== 'docker0' && network !== '00000000')
    .map(([, , network = '', mask = '']) => `${fromHex(network).join('.')}/${prefixOf(mask)}`);
  const servers = [...resolv.matchAll(/^nameserver\s+([\d.]+)\s*$/gm)];
  return [...routes, ...servers.map(([, server = '']) => `${server}/32`)];
}

function prefixOf(mask: string): number {
  return [...fromHex(mask)]
    .map((byte) => byte.toString(2))
    .join('')
    .replace(/0/g, '').length;
}

/** Little-endian, as the kernel prints addresses on the machines that dockerd runs on. */
function fromHex(word: string): number[] {
  return (word.match(/../g) ?? []).map((byte) => parseInt(byte, 16)).reverse();
}

/** The kernel's names that moby's graphdriver spells otherwise (daemon/graphdriver/driver_linux.go). */
const SPELLINGS: ReadonlyMap<string, string> = new Map([
  ['ext2', 'extfs'],
  ['ext3', 'extfs'],
  ['ext4', 'extfs'],
  ['overlay', 'overlayfs'],
  ['nfs4', 'nfs'],
]);

/** The file system that holds the path, by the longest mount point above it in /proc/self/mountinfo. */
export function filesystemAt(mountinfo: string, path: string): string | null {
  let found = { point: '', type: '' };
  for (const line of mountinfo.split('\n')) {
    const [before = '', after = ''] = line.split(' - ');
    const point = (before.split(' ')[4] ?? '').replace(/\\040/g, ' ');
    const above = point === '/' || path === point || path.startsWith(`${point}/`);
    if (point !== '' && above && point.length >= found.point.length)
      found = { point, type: after.split(' ')[0] ?? '' };
  }
  return found.type === '' ? null : (SPELLINGS.get(found.type) ?? found.type);
}
