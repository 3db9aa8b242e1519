/**
 * What of an option's value may not be shown: `whole`, or what stands before the @ of an `address`.
 * The options of log drivers are moby's (daemon/logger/*), and of its plugins those that are documented by their makers.
 */
const OPTIONS: Readonly<Record<string, Secrecy>> = {
  'splunk-token': 'whole',
  'logentries-token': 'whole',
  // Of ~/.docker/config.json and containerd's tables of registries: `auth` is user and password in base64.
  auth: 'whole',
  identitytoken: 'whole',
  registrytoken: 'whole',
  // The address of a collector of Sumo Logic is the permission to write to it.
  'sumo-url': 'whole',
  'http-proxy': 'address',
  'https-proxy': 'address',
  httpproxy: 'address',
  httpsproxy: 'address',
  http_proxy: 'address',
  https_proxy: 'address',
  ftp_proxy: 'address',
  all_proxy: 'address',
};

export type Secrecy = 'whole' | 'address';

/** The last words of a name that say so themselves, of plugins and runtimes that nobody listed: `dd-api-key`, `clientSecret`. */
const LAST_WORD = /(?:^|[-_.])(?:token|secret|password|passwd|passphrase|credentials?|apikey|dsn)$/;
const LAST_WORDS =
  /(?:^|[-_.])(?:api|app|access|account|auth|ingest|ingestion|insert|license|licence|private|secret|service|shared|write)[-_]?key$/;

/** Of a longer name the end says what it is. */
const LONGEST = 128;

/** What of the value that stands under this name, or at this dotted path, is secret; null: nothing. */
export function secrecyOf(name: string): Secrecy | null {
  const last = name
    .slice(name.lastIndexOf('.') + 1)
    .slice(-LONGEST)
    .replace(/^"|"$/g, '');
  const plain = last.toLowerCase();
  if (Object.hasOwn(OPTIONS, plain)) return OPTIONS[plain] ?? null;
  const words = last.replace(/([a-z\d])([A-Z])/g, '$1-$2').toLowerCase();
  return LAST_WORD.test(words) || LAST_WORDS.test(words) ? 'whole' : null;
}

/** As `secrecyOf` for names of an object on the way to a value: what stands below a secret name is secret. */
export function secrecyAt(path: readonly (string | number)[]): Secrecy | null {
  const all = path.map((step) => (typeof step === 'string' ? secrecyOf(step) : null));
  return all.find((one) => one === 'whole') ?? all.find((one) => one !== null) ?? null;
}
