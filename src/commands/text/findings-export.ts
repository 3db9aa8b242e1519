import { sortFindings, type Finding, type Severity } from '../../core/plan/finding.js';

const SARIF_LEVEL: Record<Severity, string> = { error: 'error', warning: 'warning', info: 'note' };
const GITHUB_LEVEL: Record<Severity, string> = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
};

/** SARIF 2.1.0, one run. */
export function sarifText(findings: readonly Finding[]): string {
  const rules = [...new Set(findings.map(({ code }) => code))].map((id) => ({ id }));
  const results = sortFindings(findings).map(
    ({ code, severity, message, hint, path, line = 1, column = 1 }) => ({
      ruleId: code,
      level: SARIF_LEVEL[severity],
      message: { text: `${message}. Try: ${hint}` },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: encodeURI(path ?? 'daemon.json') },
            region: { startLine: line, startColumn: column },
          },
        },
      ],
    }),
  );
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver: { name: 'dockerctl', rules } }, results }],
  };
  return JSON.stringify(log, null, 2);
}

/** GitHub's workflow commands, a line a finding. */
export function githubText(findings: readonly Finding[]): string {
  return sortFindings(findings)
    .map(({ code, severity, message, hint, path, line = 1, column = 1 }) => {
      const place = `file=${property(path ?? 'daemon.json')},line=${line},col=${column},title=${property(code)}`;
      return `::${GITHUB_LEVEL[severity]} ${place}::${escape(`${message}. Try: ${hint}`)}`;
    })
    .join('\n');
}

function escape(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return escape(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
