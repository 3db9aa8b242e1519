import { fileError } from '../../core/text/file-error.js';
import { sortFindings, type Finding } from '../../core/plan/finding.js';
import { judge } from '../../core/pki/authority/judgement.js';
import { readCertificate, type Certificate } from '../../core/pki/x509/read-certificate.js';
import { readGivenCertificates } from '../../core/pki/given/read-given.js';
import { chainFindings, withChain } from '../../core/pki/authority/docker-findings.js';
import { judgePresented } from '../../core/pki/authority/served.js';
import { readIssuedByUs } from '../../system/authority/deploy/served-check.js';
import { parseRegistry } from '../../core/registry/address.js';
import { DockerctlError, messageOf } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { givenPath } from '../../system/files/given-path.js';
import {
  renderView,
  viewOf,
  type CertificateView,
  type ListedFinding,
} from '../text/certificate-text.js';
import { defineCommand, type Context, type Style } from '../../app/context/command.js';
import { renderFindings } from '../text/findings-text.js';

const HTTPS = 443;

export interface InspectAnswer {
  readonly source: string;
  /** As they stand in the file, or as the server sent them. */
  readonly certificates: readonly CertificateView[];
  readonly findings: readonly ListedFinding[];
}

export const command = defineCommand({
  looks: () => true,
  summary: 'Show a certificate, of a file or a server, and what is wrong with it',
  args: [{ name: 'FILE|HOST:PORT', describe: 'PEM, DER, or a TLS server', required: true }],
  options: {},
  examples: [
    'certs inspect /etc/docker/certs.d/registry.example.com/ca.crt',
    'certs inspect registry.example.com:5000',
  ],
  async run(context, { args: [source = ''] }): Promise<InspectAnswer> {
    const path = givenPath(context.host, source);
    // No server begins like a path: a mistyped one is not looked up in the DNS.
    const isFile =
      /^\.{0,2}\//.test(source) || context.host.fs.stat(path, { follow: true }) !== null;
    const { certificates, host } = isFile
      ? { certificates: readFile(context.host, path), host: null }
      : await askServer(context, source);
    const now = context.host.clock.now();
    const findings = certificates.flatMap((certificate, index) => {
      const subject = certificates.length === 1 ? source : `${source} #${index + 1}`;
      return judge(certificate, { subject, now, ...(isFile ? { path } : {}) });
    });
    const ours =
      host === null || certificates[0] === undefined
        ? []
        : judgePresented(
            { server: source, fingerprint: certificates[0].fingerprint },
            readIssuedByUs(context.host),
          );
    const served =
      host === null ? [] : [...servedFindings(certificates, { host, source, now }), ...ours];
    return {
      source,
      certificates: certificates.map(viewOf),
      findings: sortFindings(withChain(findings, served)).map((finding) => ({
        ...finding,
        fixable: false,
      })),
    };
  },
  render: ({ certificates, findings }, style: Style) =>
    [
      ...certificates.map((view) => renderView(view, style)),
      findings.length === 0
        ? style.green('Nothing to object to.')
        : renderFindings(findings, style),
    ].join('\n\n'),
  status: ({ findings }) => (findings.some(({ severity }) => severity === 'error') ? 1 : 0),
});

function readFile({ fs }: Host, path: string): Certificate[] {
  try {
    return readGivenCertificates(fs.read(path), path);
  } catch (error) {
    throw fileError(error, path, 'read');
  }
}

interface Served {
  readonly certificates: readonly Certificate[];
  readonly host: string;
}

async function askServer({ host: machine, options }: Context, source: string): Promise<Served> {
  const { host, port } = parseServer(source);
  try {
    const { chain } = await machine.net.handshake({
      host,
      port,
      tls: { verify: false, servername: host },
      timeoutMs: options.timeoutMs,
    });
    const certificates = chain.map((der) => readCertificate(der, `the certificate of ${source}`));
    return { certificates, host };
  } catch (cause) {
    throw new DockerctlError({
      code: 'remote-failed',
      message: `${source} is no file, and as a server it did not answer with TLS: ${messageOf(cause)}.`,
      hint: '`dockerctl certs inspect FILE`, or HOST:PORT of a TLS server',
      cause,
    });
  }
}

function parseServer(source: string): { readonly host: string; readonly port: number } {
  try {
    const { host, port } = parseRegistry(source);
    return { host, port: port ?? HTTPS };
  } catch (cause) {
    throw new DockerctlError({
      code: 'file-not-found',
      message: `There is no file ${source}, and it is not a HOST:PORT either: ${messageOf(cause)}`,
      hint: '`dockerctl certs inspect FILE`, or HOST:PORT of a TLS server',
      cause,
    });
  }
}

/** What only shows in a handshake: the name, and intermediates that the server forgot. The last one counts as trusted. */
function servedFindings(
  [leaf, ...others]: readonly Certificate[],
  { host, source, now }: { readonly host: string; readonly source: string; readonly now: number },
): Finding[] {
  if (leaf === undefined) return [];
  const anchors = [others.at(-1) ?? leaf];
  return chainFindings({ leaf, others, anchors, host, now, subject: source });
}
