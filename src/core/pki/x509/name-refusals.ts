/** A domain as typed, and in ASCII (empty where it has no such form). */
interface CheckedName {
  readonly typed: string;
  readonly ascii: string;
  /** Between the dots, without the wildcard. */
  readonly labels: readonly string[];
}

interface NameRefusal {
  readonly applies: (candidate: CheckedName) => boolean;
  readonly reason: string;
  readonly hint: (typed: string) => string;
}

const EXAMPLE = '--domain registry.example.com';
const example = (): string => EXAMPLE;

/** Almost every domain, in one look: a batch has thousands. What it takes, the table below takes too. */
const PLAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

/** Why no certificate can carry this domain, and what to type instead; null for one that can. */
export function refusalOf(typed: string, ascii: string): NameRefusal | null {
  if (typed.length <= 253 && PLAIN.test(typed)) return null;
  const candidate = { typed, ascii, labels: ascii.replace(/^\*\./u, '').split('.') };
  return DOMAIN_REFUSALS.find(({ applies }) => applies(candidate)) ?? null;
}

/** In this order: the first that applies is the reason. The character rules are RFC 1123 2.1 and RFC 6125 6.4.3. */
const DOMAIN_REFUSALS: readonly NameRefusal[] = [
  { applies: ({ typed }) => typed === '', reason: 'it is empty', hint: example },
  {
    // Before all others: some of their patterns take the square of the length.
    applies: ({ typed }) => typed.length > 1000,
    reason: 'it has more than 253 characters',
    hint: example,
  },
  {
    applies: ({ typed }) => /^[a-z][a-z0-9+.-]*:\/\//iu.test(typed),
    reason: 'it is a URL, and a certificate names hosts',
    hint: (typed) => `--domain ${hostIn(typed)}`,
  },
  {
    applies: ({ typed }) => /^\d[\d.]*\/\d+$|^(?=[0-9a-f]*:)[0-9a-f:]+\/\d+$/iu.test(typed),
    reason: 'it is a range, and a certificate names single addresses',
    hint: () =>
      'write --ip 192.0.2.10, or limit the whole authority: `dockerctl certs init --permit CIDR`',
  },
  {
    applies: ({ typed }) => /[,;\s]/u.test(typed),
    reason: 'one name at a time',
    hint: () => '--domain registry.example.com --domain hub.example.com',
  },
  {
    applies: ({ typed }) => typed.includes('@'),
    reason: 'it is a mail address',
    hint: () => '--email admin@example.com',
  },
  {
    applies: ({ typed }) => /^[^:]+:\d+$/u.test(typed),
    reason: 'a certificate holds for every port of a host, and names none',
    hint: (typed) => `--domain ${typed.replace(/:\d+$/u, '')}`,
  },
  {
    applies: ({ typed }) => typed.includes('_'),
    reason: 'host names have no underscore, and clients refuse one',
    hint: (typed) => `--domain ${safe(typed.replaceAll('_', '-'))}`,
  },
  {
    applies: ({ ascii }) => ascii.replace(/^\*\./u, '').includes('*') || ascii === '*',
    reason: 'a wildcard is the whole leftmost label',
    hint: () => '--domain "*.example.com"',
  },
  {
    applies: ({ ascii }) => /^\*\.[^.]+$/u.test(ascii),
    reason: 'clients take no wildcard directly below a top-level name',
    hint: () => '--domain "*.apps.example", or each name by itself',
  },
  {
    applies: ({ ascii, labels }) => /\.\.|^\./u.test(ascii) || labels.includes(''),
    reason: 'there is nothing between two dots',
    hint: (typed) => `--domain ${safe(typed.replace(/\.{2,}/gu, '.').replace(/^\.|\.$/gu, ''))}`,
  },
  {
    applies: ({ ascii }) => ascii.length > 253,
    reason: 'it has more than 253 characters',
    hint: example,
  },
  {
    applies: ({ labels }) => labels.some((label) => label.length > 63),
    reason: 'a label has at most 63 characters',
    hint: example,
  },
  {
    applies: ({ labels }) => !labels.every((label) => /^[a-z0-9-]+$/u.test(label)),
    reason: 'host names have letters, digits and hyphens',
    hint: example,
  },
  {
    applies: ({ labels }) => labels.some((label) => /^-|-$/u.test(label)),
    reason: 'no label begins or ends with a hyphen',
    hint: example,
  },
  {
    // The last label of a name is never all digits (RFC 3696 2), so this is an address with a slip in it.
    applies: ({ labels }) => /^(?:0x[0-9a-f]*|\d+)$/u.test(labels.at(-1) ?? ''),
    reason: 'it looks like an IP address and is none',
    hint: () => '--ip 192.0.2.10',
  },
];

const hostIn = (url: string): string => {
  const host = URL.canParse(url.replace(/^[^:]*:/u, 'https:'))
    ? new URL(url.replace(/^[^:]*:/u, 'https:')).hostname
    : '';
  return host === '' ? 'registry.example.com' : host;
};

/** Only what is safe to repeat as something to type. */
const safe = (text: string): string => (/^[\w.*-]+$/u.test(text) ? text : 'registry.example.com');
