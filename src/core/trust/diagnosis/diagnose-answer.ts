import type { Finding, Severity } from '../../plan/finding.js';
import { printable } from '../../text/printable.js';
import type { RegistryAnswer, ProbeFacts } from './facts.js';
import { inspectorNamed } from './inspectors.js';

interface Row {
  readonly applies: (answer: RegistryAnswer) => boolean;
  readonly code: string;
  readonly severity: Severity;
  readonly says: (answer: RegistryAnswer) => string;
  readonly advice: (facts: ProbeFacts) => string;
}

const isHtml = ({ headers }: RegistryAnswer) => (headers['content-type'] ?? '').includes('html');
const isRegistry = ({ headers }: RegistryAnswer) =>
  headers['docker-distribution-api-version'] !== undefined;
const redirects = ({ status }: RegistryAnswer) => [301, 302, 303, 307, 308].includes(status);

/** As Squid and its like sign the pages that they send when they let nobody through. */
function proxyOf({ headers }: RegistryAnswer): string | null {
  const server = headers.server ?? '';
  const squid = headers['x-squid-error'] !== undefined;
  return squid || inspectorNamed(server) !== null ? server || 'Squid' : null;
}

/** What GET /v2/ answered. 200, and 401 with a challenge, are what a registry says; in this order the rest. */
const ROWS: readonly Row[] = [
  {
    applies: ({ status, body }) =>
      (status === 400 || status === 496) && /required SSL cert|client certificate/i.test(body),
    code: 'registry-client-certificate-required',
    severity: 'error',
    says: () => 'it asks for a client certificate, and none is installed for it',
    advice: ({ registry }) =>
      `dockerctl trust add-registry ${registry.name} --client-cert FILE --client-key FILE`,
  },
  {
    applies: ({ status, body }) =>
      (status === 400 || status === 495) && /SSL certificate error/i.test(body),
    code: 'registry-client-certificate-refused',
    severity: 'error',
    says: () => 'it does not accept our client certificate',
    advice: ({ registry }) =>
      `dockerctl trust add-registry ${registry.name} --client-cert FILE --client-key FILE`,
  },
  {
    applies: ({ status, body }) => status === 400 && /HTTPS (?:server|port)/i.test(body),
    code: 'registry-speaks-https',
    severity: 'error',
    says: () => 'it was asked over http and wants https',
    advice: ({ registry }) =>
      `\`dockerctl insecure remove ${registry.name}\`, then \`dockerctl trust add-registry ${registry.name} --fetch\``,
  },
  {
    applies: ({ status }) => status === 407,
    code: 'registry-proxy-login',
    severity: 'error',
    says: () => 'a proxy on the way wants a login',
    advice: () => 'give proxies.https-proxy its login: `dockerctl config edit`',
  },
  {
    applies: (answer) => answer.status >= 400 && !isRegistry(answer) && proxyOf(answer) !== null,
    code: 'registry-proxy-in-between',
    severity: 'error',
    says: (answer) =>
      `a proxy on the way (${printable(proxyOf(answer) ?? '')}) answers ${answer.status} in its place`,
    advice: ({ registry }) => `whoever runs the proxy must let ${registry.host} pass`,
  },
  {
    applies: redirects,
    code: 'registry-redirects',
    severity: 'error',
    says: ({ headers }) =>
      `it redirects, last to ${printable(headers.location ?? 'nowhere')}, where nobody is asked any more: it is the sixth place, no http address, or leads to this very machine or one beside it. A login page or a proxy in between?`,
    advice: ({ registry }) => `curl -vL https://${registry.name}/v2/`,
  },
  {
    applies: ({ status }) => status >= 500,
    code: 'registry-broken',
    severity: 'error',
    says: ({ status }) =>
      `it answers ${status}: the registry, or what stands behind the proxy, is out of order`,
    advice: () => 'look at the log of the registry',
  },
  {
    applies: ({ status }) => status === 429,
    code: 'registry-limits',
    severity: 'warning',
    says: () => 'it says that we ask too often',
    advice: ({ registry }) => `\`docker login ${registry.name}\` for a higher limit, or wait`,
  },
  {
    applies: ({ status }) => status === 403,
    code: 'registry-forbids',
    severity: 'error',
    says: () => 'it forbids us to enter (403), whoever we are',
    advice: () => 'is this address allowed by the registry, or by the firewall before it?',
  },
  {
    applies: (answer) => isHtml(answer) && !isRegistry(answer),
    code: 'registry-not-a-registry',
    severity: 'error',
    says: ({ status }) =>
      `GET /v2/ is answered with a web page (${status}): another server listens there, or a proxy in between`,
    advice: ({ registry }) => `is it the right port? \`curl https://${registry.name}/v2/\``,
  },
  {
    applies: (answer) => ![200, 401].includes(answer.status) && !isRegistry(answer),
    code: 'registry-not-a-registry',
    severity: 'error',
    says: ({ status }) => `GET /v2/ is answered with ${status}: what listens there is no registry`,
    advice: ({ registry }) => `is it the right port? \`curl https://${registry.name}/v2/\``,
  },
  {
    applies: ({ status, headers }) => status === 401 && headers['www-authenticate'] === undefined,
    code: 'registry-no-challenge',
    severity: 'error',
    says: () => 'it asks for a login (401) without saying which kind: docker login cannot work',
    advice: () => 'a proxy before the registry drops the header WWW-Authenticate: let it pass',
  },
];

const SKEW_MS = 5 * 60_000;

/** The findings about an answer to GET /v2/; none: it is what a registry says. */
export function diagnoseAnswer(answer: RegistryAnswer, facts: ProbeFacts): Finding[] {
  const { registry } = facts;
  const row = ROWS.find(({ applies }) => applies(answer));
  const found: Finding[] =
    row === undefined
      ? []
      : [
          {
            code: row.code,
            severity: row.severity,
            subject: registry.name,
            message: row.says(answer),
            hint: row.advice(facts),
          },
        ];
  return [...found, ...diagnoseClock(answer, facts)];
}

function diagnoseClock({ headers }: RegistryAnswer, { registry, now }: ProbeFacts): Finding[] {
  const serverClock = Date.parse(headers.date ?? '');
  if (Number.isNaN(serverClock) || Math.abs(serverClock - now) < SKEW_MS) return [];
  const minutes = Math.round(Math.abs(serverClock - now) / 60_000);
  return [
    {
      code: 'registry-clock-skew',
      severity: 'warning',
      subject: registry.name,
      message: `its clock is ${minutes} minutes ${serverClock > now ? 'ahead of' : 'behind'} ours: certificates and tokens are then refused as expired, or not yet valid`,
      hint: 'set the clocks of both: `timedatectl set-ntp true`',
    },
  ];
}
