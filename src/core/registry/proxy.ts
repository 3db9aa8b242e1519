import { BlockList, isIP, isIPv6 } from 'node:net';
import type { JsonObject } from '../formats/json/json-object.js';
import type { Finding } from '../plan/finding.js';
import { printable } from '../text/printable.js';
import { shellWord } from '../text/shell-word.js';
import type { RegistryAddress } from './address.js';

/** What is worth knowing of a check that goes straight to a registry which dockerd reaches by a proxy. */
export function proxyFinding(registry: RegistryAddress, info: JsonObject | null): Finding[] {
  const proxy = info === null ? null : proxyOf(registry, info);
  if (proxy === null) return [];
  return [
    {
      code: 'registry-by-proxy',
      severity: 'info',
      subject: registry.name,
      message: `dockerd reaches it by the proxy ${printable(proxy)}, and this check went there straight`,
      hint: `dockerctl trust verify ${shellWord(registry.name)} --deep`,
    },
  ];
}

/** As docker info shows them; without a login. */
function proxyOf(
  registry: RegistryAddress,
  { HttpsProxy: https, HttpProxy: http, NoProxy: no }: JsonObject,
): string | null {
  const [proxy] = [https, http].filter((one) => typeof one === 'string' && one !== '');
  if (typeof proxy !== 'string' || isExempt(registry, typeof no === 'string' ? no : ''))
    return null;
  return proxy.replace(/^(\w+:\/\/)?[^/@]*@/, '$1');
}

/** Go's rules (golang.org/x/net/http/httpproxy, useProxy). */
function isExempt({ host, port }: RegistryAddress, noProxy: string): boolean {
  const name = host.toLowerCase();
  if (name === 'localhost' || /^127\.|^::1$/.test(name)) return true;
  return noProxy
    .toLowerCase()
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .some((entry) => entry === '*' || isNamed({ name, port: port ?? 443 }, entry));
}

function isNamed({ name, port }: { readonly name: string; readonly port: number }, entry: string) {
  if (entry.includes('/')) return isInBlock(name, entry);
  const [, bare = entry, written] = /^(.*[^:]):(\d+)$/.exec(entry) ?? [];
  const domain = (isIPv6(entry) ? entry : bare).replace(/^\[|\]$/g, '').replace(/^\*/, '');
  if (written !== undefined && !isIPv6(entry) && Number(written) !== port) return false;
  if (isIP(name) !== 0) return name === domain;
  return domain.startsWith('.')
    ? name.endsWith(domain)
    : name === domain || name.endsWith(`.${domain}`);
}

function isInBlock(address: string, block: string): boolean {
  const [base = '', bits = ''] = block.split('/');
  const family = isIPv6(base) ? 'ipv6' : 'ipv4';
  const size = Number(bits);
  const whole = /^\d+$/.test(bits) && size <= (family === 'ipv6' ? 128 : 32);
  if (isIP(base) === 0 || isIP(address) !== isIP(base) || !whole) return false;
  const list = new BlockList();
  list.addSubnet(base, size, family);
  return list.check(address, family);
}
