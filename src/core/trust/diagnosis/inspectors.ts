/**
 * How the products that open TLS on the way call their authorities, by default: what they show clients is signed by these
 * and by nobody else. One that was given a company's own CA cannot be told from a registry of that company.
 */
const INSPECTORS: readonly { readonly product: string; readonly names: RegExp }[] = [
  { product: 'Zscaler', names: /\bzscaler\b/i },
  { product: 'Netskope', names: /\bnetskope\b|\bgoskope\.com\b/i },
  { product: 'FortiGate', names: /\bforti(?:net|gate)\b/i },
  { product: 'Palo Alto', names: /\bpalo ?alto\b|\bpan-os\b/i },
  { product: 'Blue Coat ProxySG', names: /\bblue ?coat\b|\bproxysg\b/i },
  { product: 'Cisco Umbrella', names: /\bcisco umbrella\b|\bopendns\b/i },
  { product: 'Cloudflare Gateway', names: /\bgateway ca - cloudflare\b|\bcloudflare for teams\b/i },
  { product: 'Check Point', names: /\bcheck ?point\b/i },
  { product: 'Sophos', names: /\bsophos\b/i },
  { product: 'SonicWall', names: /\bsonicwall\b/i },
  { product: 'WatchGuard', names: /\bfireware\b|\bwatchguard\b/i },
  { product: 'Forcepoint', names: /\bforcepoint\b|\bwebsense\b/i },
  { product: 'Skyhigh (McAfee) Web Gateway', names: /\bskyhigh\b|\bmcafee\b/i },
  { product: 'Barracuda', names: /\bbarracuda\b/i },
  { product: 'Trend Micro', names: /\btrend micro\b/i },
  { product: 'Kaspersky', names: /\bkaspersky\b/i },
  { product: 'Squid', names: /\bsquid\b/i },
  { product: 'mitmproxy', names: /\bmitmproxy\b/i },
  { product: 'Charles', names: /\bcharles proxy\b/i },
  { product: 'Burp Suite', names: /\bportswigger\b/i },
  { product: 'Fiddler', names: /fiddlerroot/i },
];

/** The product that names its authorities so; null: none that we know. */
export function inspectorNamed(distinguishedName: string): string | null {
  return INSPECTORS.find(({ names }) => names.test(distinguishedName))?.product ?? null;
}
