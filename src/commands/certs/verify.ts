import { fileError } from '../../core/text/file-error.js';
import { type Finding, sortFindings } from '../../core/plan/finding.js';
import { judge } from '../../core/pki/authority/judgement.js';
import { parseHost } from '../../core/pki/x509/names.js';
import type { Certificate } from '../../core/pki/x509/read-certificate.js';
import { readGivenCertificates } from '../../core/pki/given/read-given.js';
import {
  chainFindings,
  withChain,
  type IssuedChain,
} from '../../core/pki/authority/docker-findings.js';
import { formatSubject } from '../../core/pki/x509/subject.js';
import { DockerctlError } from '../../errors.js';
import { hasAuthority, openAuthority, type Authority } from '../../system/authority/authority.js';
import { shownPath } from '../../system/files/given-path.js';
import { viewOf, type CertificateView, type ListedFinding } from '../text/certificate-text.js';
import { PKI_OPTION, pkiFolder } from '../../app/context/certs-options.js';
import { defineCommand, type Context, type Style } from '../../app/context/command.js';
import { renderFindings } from '../text/findings-text.js';
import { utcDay } from '../../core/text/utc-time.js';

export interface VerifyAnswer {
  readonly certificate: CertificateView;
  readonly findings: readonly ListedFinding[];
}

export const command = defineCommand({
  summary: 'Would a strict client accept this certificate?',
  args: [
    { name: 'FILE', describe: 'the certificate, with its intermediates behind it', required: true },
  ],
  options: {
    host: {
      type: 'string',
      placeholder: 'H',
      describe: 'the name or address that clients connect to',
    },
    ca: {
      type: 'string',
      placeholder: 'FILE',
      describe: 'trust these instead of our own authority',
    },
    ...PKI_OPTION,
  },
  examples: [
    'certs verify /srv/registry/tls/registry.example.com.fullchain.crt --host registry.example.com',
  ],
  run(context, { args: [file = ''], options }): Promise<VerifyAnswer> {
    const path = shownPath(context.host, file);
    const host = options.host === undefined ? null : parseHost(options.host);
    const [leaf, ...others] = readFile(context, file);
    if (leaf === undefined) throw noAnchor();
    const authority = ourAuthority(context, options);
    const anchors =
      options.ca === undefined ? [authority?.root ?? []].flat() : readFile(context, options.ca);
    if (anchors.length === 0) throw noAnchor();
    const now = context.host.clock.now();
    const question = { leaf, others, anchors, host, now, subject: file };
    const judged = [
      ...[leaf, ...others].flatMap((one) => judge(one, { subject: file, path, now })),
      ...judgeAnchors(question),
    ];
    const findings = [
      ...withChain(judged, chainFindings(question)),
      ...revocation(leaf, { authority, subject: file }),
    ];
    const listed = sortFindings(findings).map((finding) => ({ ...finding, fixable: false }));
    return Promise.resolve({ certificate: viewOf(leaf), findings: listed });
  },
  render: ({ certificate, findings }, style: Style) =>
    findings.length === 0
      ? `${style.green('Accepted')}: ${certificate.subject}, until ${certificate.notAfter ?? '?'}`
      : renderFindings(findings, style),
  status: ({ findings }) => (findings.length > 0 ? 1 : 0),
});

function ourAuthority(
  context: Context,
  options: { readonly ca: string | undefined; readonly pki: string | undefined },
): Authority | null {
  const folder = pkiFolder(context, options.pki);
  return hasAuthority(context.host, folder) ? openAuthority(context.host, folder) : null;
}

function readFile({ host }: Context, file: string): Certificate[] {
  const path = shownPath(host, file);
  try {
    return readGivenCertificates(host.fs.readGiven(file), path);
  } catch (error) {
    throw fileError(error, path, 'read');
  }
}

/** What is held against the authority is held against all it signs. One in the file was judged with it. */
function judgeAnchors({ leaf, others, anchors, now }: IssuedChain): Finding[] {
  const inFile = [leaf, ...others];
  return anchors
    .filter(({ fingerprint }) => !inFile.some((one) => one.fingerprint === fingerprint))
    .filter(({ subjectDer }) => inFile.some(({ issuerDer }) => issuerDer.equals(subjectDer)))
    .flatMap((anchor) => judge(anchor, { subject: formatSubject(anchor.subject), now }));
}

/** A serial is unique to its authority only. */
function revocation(
  leaf: Certificate,
  { authority, subject }: { readonly authority: Authority | null; readonly subject: string },
): Finding[] {
  if (authority === null || !leaf.issuerDer.equals(authority.issuer.subjectDer)) return [];
  const revoked = authority.revoked.get(leaf.serial);
  if (revoked === undefined) return [];
  const day = utcDay(revoked.at);
  const message = `it was revoked on ${day} (${revoked.reason}).`;
  const hint = 'dockerctl certs issue with a new key';
  return [{ code: 'certificate-revoked', severity: 'error', subject, message, hint }];
}

const noAnchor = (): DockerctlError =>
  new DockerctlError({
    code: 'not-found',
    message: 'There is no authority of ours to verify it against.',
    hint: 'add --ca FILE, or --pki DIR',
  });
