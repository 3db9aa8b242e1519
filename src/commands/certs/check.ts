import { parseDuration } from '../../core/text/duration.js';
import type { Finding } from '../../core/plan/finding.js';
import { forPki } from '../../core/pki/authority/pki-hint.js';
import { checkAuthority } from '../../system/authority/authority-check.js';
import { checkServed } from '../../system/authority/deploy/served-check.js';
import { PKI_OPTION, pkiFolder } from '../../app/context/certs-options.js';
import { countFindings, renderFindings } from '../text/findings-text.js';
import { defineCommand, type Style } from '../../app/context/command.js';

export interface CheckAnswer {
  readonly checked: number;
  readonly findings: readonly (Finding & { readonly fixable: boolean })[];
}

export const command = defineCommand({
  looks: () => true,
  summary: 'Say what expires soon, is refused by strict clients, or is no longer to be presented',
  args: [],
  options: {
    within: {
      type: 'string',
      default: '30d',
      placeholder: 'DURATION',
      describe: 'how soon is soon',
    },
    ...PKI_OPTION,
  },
  examples: ['certs check --within 14d'],
  async run({ host, ...context }, { options }): Promise<CheckAnswer> {
    const folder = pkiFolder({ host, ...context }, options.pki);
    const withinMs = parseDuration(options.within);
    const { checked, findings } = checkAuthority(host, { folder, withinMs });
    const served = await checkServed(host, folder);
    const listed = [...findings, ...served].map((finding) => ({
      ...finding,
      hint: forPki(finding.hint, options.pki),
      fixable: false,
    }));
    return { checked, findings: listed };
  },
  render: ({ checked, findings }, style: Style) =>
    findings.length === 0
      ? `${style.green('Good')}: ${checked} certificates, nothing is due.`
      : `${renderFindings(findings, style)}\n${countFindings(findings)}`,
  status: ({ findings }) => (findings.length > 0 ? 1 : 0),
});
