import { isIP } from 'node:net';

/** The command that makes a certificate for a host, or for a registry as images name it. */
export function issueCommand(name: string): string {
  const host = hostOf(name);
  return `dockerctl certs issue --${isIP(host) === 0 ? 'domain' : 'ip'} ${host}`;
}

/** Without the port, and without the brackets of an IPv6 address. */
export const hostOf = (name: string): string =>
  isIP(name) === 6 ? name : name.replace(/:\d+$/, '').replace(/[[\]]/g, '');
