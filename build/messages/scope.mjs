import ts from 'typescript';

/** Files and folders whose texts are no messages, each with the reason. All else below src is in. */
export const LEFT_OUT = {
  'src/cli/completion.ts': 'a shell script',
  'src/cli/completion-values.ts': 'a shell script',
  'src/cli/help/man-page.ts': 'man pages are English',
  'src/cli/help/reference.ts': 'docs/commands.md is English',
  'src/cli/spoken.ts': 'said where there is no catalogue',
  'src/commands/text/findings-export.ts': 'SARIF and commands of GitHub',
  'src/core/agent/metrics.ts': 'help of metrics, for Prometheus',
  'src/core/dockerd/options/keys/schema.ts': 'JSON Schema',
  'src/core/pki/authority/kubernetes-secret.ts': 'a manifest',
  'src/core/text/unit-template.ts': 'a unit of systemd',
  'src/host/node-serve.ts': 'answers of HTTP',
  'src/main.ts': 'before any file is read',
};

/** Values in the texts of a file that are no expressions there: `%` is a path. */
export const MARKS = {
  'src/cli/usage.ts': /\$\d/g,
  'src/core/formats/json/mistakes/problem-table.ts': /%s/g,
  'src/core/text/file-error.ts': /[%^]/g,
};

/** Folders whose messages have no translation yet: they are said in English. The aim is none. */
export const PENDING = [];

/** What takes text to look at it, and not to show it. */
const LOOKS = new Set(
  'describe includes startsWith endsWith indexOf lastIndexOf split replaceAll padEnd padStart match test has get'.split(
    ' ',
  ),
);

/** Made of a defect of ours, or of no sentences. */
const MADE = new Set(['Error', 'TypeError', 'RangeError', 'Set', 'Map']);

/** Where text in the source is no message. */
export function isUnread(node) {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node))
    return true;
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return true;
  if (ts.isNewExpression(node) && MADE.has(node.expression.getText())) return true;
  // Command lines, as they are typed.
  if (ts.isPropertyAssignment(node) && node.name.getText() === 'examples') return true;
  // 'a list of words'.split(' ')
  if (ts.isPropertyAccessExpression(node) && node.name.text === 'split') return true;
  const { parent } = node;
  if (parent === undefined) return false;
  if (ts.isPropertyAssignment(parent) && parent.name === node) return true;
  if (ts.isElementAccessExpression(parent) && parent.argumentExpression === node) return true;
  if (ts.isCaseClause(parent) && parent.expression === node) return true;
  if (ts.isBinaryExpression(parent) && /^[!=]==$/.test(parent.operatorToken.getText())) return true;
  return (
    ts.isCallExpression(parent) &&
    parent.arguments.includes(node) &&
    ts.isPropertyAccessExpression(parent.expression) &&
    LOOKS.has(parent.expression.name.text) &&
    ts.isStringLiteralLike(node)
  );
}
