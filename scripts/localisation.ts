// What the client says, read from its source: sentences that go through `vscode.l10n.t`, and words that do not; the latter of the language server as well.
import fs from 'node:fs';
import ts from 'typescript';

export const clientFiles: readonly string[] = fs.readdirSync('client', { recursive: true, encoding: 'utf8' }).map((name) => `client/${name.replaceAll('\\', '/')}`).filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts')).sort();

/** Sentences that the client hands to the editor to be translated, in order. One that is put together when the program runs cannot be found in a bundle. */
export function sentencesOf(text: string): readonly string[] {
  const out: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isTranslation(node)) {
      const [sentence] = node.arguments;
      if (!sentence || !ts.isStringLiteralLike(sentence)) throw new Error(`not a literal: ${node.getText()}`);
      out.push(sentence.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(parse(text));
  return out;
}

/** The bundle of the client in English: each sentence stands for itself. */
export function clientBundle(): Readonly<Record<string, string>> {
  const sentences = clientFiles.flatMap((file) => sentencesOf(fs.readFileSync(file, 'utf8')));
  return Object.fromEntries([...new Set(sentences)].map((one) => [one, one]));
}

/** Functions of the editor whose literal arguments a person reads, and properties that hold such texts. */
const tellers = new Set(['showInformationMessage', 'showWarningMessage', 'showErrorMessage', 'showQuickPick', 'setStatusBarMessage', 'createWebviewPanel', 'TreeItem', 'MarkdownString', 'appendMarkdown']);
const shown = new Set(['label', 'description', 'detail', 'title', 'tooltip', 'placeHolder', 'placeholder', 'prompt', 'message', 'text', 'textContent', 'openLabel', 'saveLabel', 'aria-label', 'altText', 'waiting']);
/** Attributes and properties that hold what programs read. */
const technical = new Set(['class', 'className', 'id', 'd', 'points', 'transform', 'viewBox', 'policy', 'command', 'contextValue']);

/** Texts of a source file that read like words and are not translated; values in them as `…`. */
export function untranslatedIn(text: string): readonly string[] {
  const out: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isTranslation(node) || ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isThrowStatement(node) || isLog(node)) return;
    if ((ts.isPropertyAssignment(node) || ts.isBinaryExpression(node)) && technical.has(targetOf(node))) return;
    const words = wordsOf(node);
    if (words !== undefined && !isKey(node) && (readsLikeWords(plain(words)) || (/\p{L}/u.test(plain(words)) && isShown(node)))) out.push(words);
    ts.forEachChild(node, visit);
  };
  visit(parse(text));
  return out;
}

function parse(text: string): ts.SourceFile {
  return ts.createSourceFile('client.ts', text, ts.ScriptTarget.Latest, true);
}

function isTranslation(node: ts.Node): node is ts.CallExpression {
  return ts.isCallExpression(node) && node.expression.getText() === 'vscode.l10n.t';
}

/** What is logged is read by those who mend Wardline. */
function isLog(node: ts.Node): boolean {
  return ts.isCallExpression(node) && /^(?:log|console|connection\.console)\.\w+$/.test(node.expression.getText());
}

function wordsOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  return ts.isTemplateExpression(node) ? node.head.text + node.templateSpans.map((span) => `…${span.literal.text}`).join('') : undefined;
}

/** Without the icons of the editor, as `$(shield)`. */
function plain(text: string): string {
  return text.replaceAll(/\$\([\w~-]+\)/g, '').trim();
}

/** Two words in a row, or one that begins with a capital. */
function readsLikeWords(text: string): boolean {
  return (/[\p{L}…][,.;:!?]?\s+[\p{L}…]/u.test(text) && /\p{L}{2}/u.test(text)) || /^\p{Lu}\p{Ll}+$/u.test(text);
}

function isKey(node: ts.Node): boolean {
  return (ts.isPropertyAssignment(node.parent) && node.parent.name === node) || ts.isElementAccessExpression(node.parent) || ts.isCaseClause(node.parent)
    || (ts.isBinaryExpression(node.parent) && [ts.SyntaxKind.EqualsEqualsEqualsToken, ts.SyntaxKind.ExclamationEqualsEqualsToken].includes(node.parent.operatorToken.kind));
}

/** The value of something that is shown, or an argument of what shows it; also as one of several choices. */
function isShown(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isConditionalExpression(parent) || ts.isParenthesizedExpression(parent) || (ts.isBinaryExpression(parent) && parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken)) return isShown(parent);
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return parent.expression !== node && tellers.has(parent.expression.getText().split('.').at(-1)!);
  return (ts.isPropertyAssignment(parent) || ts.isBinaryExpression(parent)) && shown.has(targetOf(parent));
}

/** The name of the property that is set. */
function targetOf(node: ts.PropertyAssignment | ts.BinaryExpression): string {
  if (ts.isPropertyAssignment(node)) return ts.isStringLiteralLike(node.name) ? node.name.text : node.name.getText();
  return ts.isPropertyAccessExpression(node.left) ? node.left.name.text : '';
}
