import { z } from 'zod';
import { parseDuration } from '../text/duration.js';
import { isTimezone, parseWindow } from './window.js';
import { parseRegistry } from '../registry/address.js';
import type { Json } from '../formats/json/json-object.js';
import { DECLARED_CONSUMERS } from './consumers.js';

/** What another reader of ours would throw becomes the schema's own complaint. */
function readableBy(read: (text: string) => unknown) {
  return (context: z.core.ParsePayload<string>): void => {
    try {
      read(context.value);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      context.issues.push({ code: 'custom', message, input: context.value });
    }
  };
}

/** The agent looks every few minutes, and each look would start a Java. */
function notKept({ input }: { readonly input?: unknown }): string | undefined {
  return input === 'java' || input === 'nss'
    ? `the agent does not keep the stores of ${input}: run dockerctl trust add-registry REGISTRY --ca FILE --to ${input} once`
    : undefined;
}

const json: z.ZodType<Json> = z.json();
const absolutePath = z.string().regex(/^\/[^\0]*$/, 'must be an absolute path');
const window = z.string().check(readableBy(parseWindow));
const duration = z.string().check(readableBy((text) => parseDuration(text)));
const policy = z.enum(['report', 'repair']);

const authority = z
  .strictObject({
    file: absolutePath.optional().describe('A PEM or DER file on this machine.'),
    pem: z
      .string()
      .includes('-----BEGIN CERTIFICATE-----')
      .optional()
      .describe('The certificate itself.'),
    fingerprint: z
      .string()
      .regex(/^(?:sha256:)?[0-9a-f]{2}(?::?[0-9a-f]{2}){31}$/i, 'must be a SHA-256 in hexadecimal')
      .optional()
      .describe('SHA-256 of the CA that the registry itself presents; it is fetched from there.'),
  })
  .refine((value) => Object.values(value).filter((one) => one !== undefined).length === 1, {
    message: 'must have exactly one of file, pem and fingerprint',
  });

const registry = z
  .strictObject({
    ca: authority.optional().describe('Whom to trust; without it the CAs of the system.'),
    cert: absolutePath.optional().describe('The client certificate to show.'),
    key: absolutePath.optional().describe('Its private key.'),
    insecure: z.boolean().optional().describe('Ask for neither https nor a certificate.'),
    to: z
      .array(z.enum(DECLARED_CONSUMERS, { error: notKept }))
      .min(1)
      .optional()
      .describe('Who shall trust it. Default: ["docker"].'),
    verify: z.boolean().optional().describe('Prove it by a handshake. Default: true.'),
  })
  .refine(({ cert, key }) => (cert === undefined) === (key === undefined), {
    message: 'must have both cert and key, or neither',
  })
  .refine(({ ca, to = [] }) => ca !== undefined || !to.includes('system'), {
    message: 'must have a ca: the system store holds nothing else',
  });

const systemAuthority = z
  .strictObject({ file: absolutePath.optional(), pem: z.string().optional() })
  .refine(({ file, pem }) => (file === undefined) !== (pem === undefined), {
    message: 'must have exactly one of file and pem',
  });

const certificate = z.strictObject({
  domains: z.array(z.string()).optional().describe('DNS names, wildcards included.'),
  ips: z.array(z.string()).optional(),
  profile: z
    .string()
    .optional()
    .describe('registry (default), harbor, dockerd, client, or one of your own.'),
  days: z.int().min(1).optional(),
  deploy: z
    .array(
      z.strictObject({
        harbor: absolutePath.optional().describe('The folder with harbor.yml.'),
        registry: absolutePath.optional().describe('The config.yml of a Docker Registry.'),
        to: absolutePath.optional().describe('Any folder.'),
      }),
    )
    .optional()
    .describe('Where key and chain are put after each renewal.'),
});

/** The whole of /etc/dockerctl/dockerctl.json5. */
export const DECLARATION = z.strictObject({
  $schema: z.string().optional(),
  config: absolutePath
    .optional()
    .describe('The daemon.json to manage. Default: the one dockerd reads.'),
  daemon: z
    .record(z.string(), json)
    .default({})
    .describe(
      'Keys of daemon.json. What is not named is not touched; null: must not be there; objects are merged.',
    ),
  mirrors: z
    .array(z.string())
    .optional()
    .describe('Mirrors of Docker Hub, in the order they are asked.'),
  insecure: z.array(z.string()).optional().describe('The whole of insecure-registries.'),
  registries: z
    .record(z.string().check(readableBy(parseRegistry)), registry)
    .default({})
    .describe('Registries by the name that stands before the first / of an image name.'),
  cas: z
    .record(
      z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'must be a plain name'),
      systemAuthority,
    )
    .default({})
    .describe('CAs of the system trust store, by name.'),
  certificates: z
    .record(z.string(), certificate)
    .default({})
    .describe('Certificates of our own CA to keep issued and renewed.'),
  drift: z
    .strictObject({
      default: policy.default('report'),
      daemon: policy.optional(),
      registries: policy.optional(),
      cas: policy.optional(),
      certificates: policy.optional(),
    })
    .prefault({})
    .describe('What the agent does about a departure: report it, or repair it.'),
  restart: z
    .enum(['never', 'window', 'always'])
    .default('never')
    .describe('When the agent may restart dockerd for a repair.'),
  windows: z
    .strictObject({
      timezone: z
        .string()
        .refine(isTimezone, {
          message: 'must be the name of a time zone, such as UTC or Europe/Berlin',
        })
        .default('UTC'),
      allow: z
        .array(window)
        .default([])
        .describe('When restarts may happen: "Sat,Sun 02:00-04:00".'),
      deny: z
        .array(window)
        .default([])
        .describe('When nothing is repaired: "2026-12-20..2027-01-03".'),
    })
    .prefault({}),
  record: z
    .enum(['never', 'always'])
    .default('never')
    .describe(
      'Whether commands such as `mirrors set` also write what they changed into the declaration.',
    ),
  agent: z
    .strictObject({
      debounce: duration.default('500ms').describe('How long it must be quiet after a change.'),
      scan: duration.default('5m').describe('How often everything is looked at.'),
      listen: z
        .string()
        .regex(
          /^(?:(?:127\.\d+\.\d+\.\d+|\[::1\]|localhost):\d{1,5}|unix:\/.+)$/,
          'must be HOST:PORT on the loopback, or unix:/PATH',
        )
        .optional()
        .describe('Where GET /metrics and /healthz are answered.'),
      textfile: absolutePath
        .optional()
        .describe('The file for the textfile collector of node_exporter.'),
    })
    .prefault({}),
});

export type Declaration = z.infer<typeof DECLARATION>;
export type DeclaredRegistry = z.infer<typeof registry>;
export type DeclaredCertificate = z.infer<typeof certificate>;

/** The keys that an object at this path of a declaration may have; none where any may. */
export function keysAt(schema: z.core.$ZodType, path: readonly string[]): string[] {
  const { def } = schema._zod as { readonly def: z.core.$ZodTypes['_zod']['def'] };
  const [step, ...rest] = path;
  if (def.type === 'optional' || def.type === 'default' || def.type === 'prefault')
    return keysAt(def.innerType, path);
  if (step === undefined) return def.type === 'object' ? Object.keys(def.shape) : [];
  const within =
    (def.type === 'object' && def.shape[step]) ||
    (def.type === 'record' && def.valueType) ||
    (def.type === 'array' && def.element);
  return within ? keysAt(within, rest) : [];
}

/** JSON Schema (draft 2020-12) for editors; templates/dockerctl.schema.json is this. */
export function declarationSchema(): object {
  const schema = z.toJSONSchema(DECLARATION, { io: 'input', unrepresentable: 'any' });
  return { ...schema, title: 'The declaration of dockerctl' };
}
