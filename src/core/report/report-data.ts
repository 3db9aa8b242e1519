import { z } from 'zod';

const severity = z.enum(['error', 'warning', 'info']);

const finding = z.object({
  code: z.string(),
  severity,
  subject: z.string(),
  path: z.string().optional(),
  line: z.number().optional(),
  column: z.number().optional(),
  message: z.string(),
  hint: z.string(),
  fixable: z.boolean(),
});

const setting = z.object({
  key: z.string(),
  value: z.unknown(),
  /** `file`, `flag`, `running daemon`, `default`… */
  source: z.string(),
  from: z.string().nullable(),
  /** What it would be from the next start on, and what brings that; null where it is the same. */
  pending: z.object({ value: z.unknown(), remedy: z.string() }).nullable(),
});

const registry = z.object({
  registry: z.string(),
  consumer: z.string(),
  by: z.array(z.string()),
  /** A day; null where nothing ends. */
  until: z.string().nullable(),
  insecure: z.boolean(),
});

const certificate = z.object({
  name: z.string(),
  kind: z.enum(['authority', 'issued', 'trusted']),
  /** ISO 8601, UTC; null where only the end is known. */
  notBefore: z.string().nullable(),
  notAfter: z.string(),
  /** `valid`, `expired`… */
  status: z.string(),
});

const change = z.object({
  generation: z.number(),
  when: z.string(),
  user: z.string(),
  commandLine: z.string(),
  status: z.enum(['applied', 'rolled-back', 'waiting']),
  how: z.string(),
  files: z.array(z.string()),
  error: z.string().nullable(),
});

/** What `dockerctl report` says of a machine: `--json` prints it, `--from` reads it, the page shows it. Times are ISO 8601 in UTC. */
export const REPORT = z.object({
  kind: z.literal('dockerctl-report'),
  format: z.literal(1),
  host: z.string(),
  madeAt: z.iso.datetime(),
  version: z.string(),
  dockerd: z.object({
    state: z.string(),
    version: z.string().nullable(),
    manager: z.string(),
    /** Those that run; null where nobody could ask. */
    containers: z.number().nullable(),
    liveRestore: z.boolean().nullable(),
    config: z.string(),
    /** Whether it would start again with its file; null where nobody could look. */
    starts: z.boolean().nullable(),
  }),
  findings: z.array(finding),
  /** What could not be looked at, a sentence each. */
  unseen: z.array(z.string()),
  settings: z.array(setting),
  registries: z.array(registry),
  certificates: z.array(certificate),
  history: z.array(change),
  /** null: nothing is declared. */
  drift: z.array(finding).nullable(),
  agent: z.object({
    runs: z.boolean(),
    lastScan: z.string().nullable(),
    paused: z
      .object({ by: z.string(), reason: z.string(), until: z.string().nullable() })
      .nullable(),
  }),
});

export type Report = z.infer<typeof REPORT>;
export type ReportFinding = Report['findings'][number];
